package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import org.jspecify.annotations.Nullable;

/**
 * A sentinel as it was read.
 *
 * @param sentinel what it says
 * @param row its row
 * @param etag its version
 */
record Head(Sentinel sentinel, Row row, String etag) {
  static @Nullable Head of(Tables.@Nullable Found found, LargeTexts texts) {
    return found == null
        ? null
        : new Head(Sentinel.read(found.row(), texts::get), found.row(), found.etag());
  }

  /** The version of a sentinel, for comparison; empty where there is none. */
  static String version(@Nullable Head head) {
    return head == null ? "" : head.etag();
  }

  /** The state that is kept; null where another engine wrote since. */
  @Nullable String state() {
    Sentinel.Ours ours = sentinel.ours();
    return ours == null ? null : ours.state();
  }

  /** Whether its execution has no whole commit, or none any more. */
  boolean isWithoutState() {
    String state = state();
    return Sentinel.NOTHING.equals(state) || Sentinel.PURGED.equals(state);
  }

  boolean isPurged() {
    return Sentinel.PURGED.equals(state());
  }
}
