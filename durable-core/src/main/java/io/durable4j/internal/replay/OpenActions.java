package io.durable4j.internal.replay;

import io.durable4j.history.MessageId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Actions whose end somebody waits for, by number. Numbers grow, and small ones go first, so that a
 * window on them is enough.
 */
final class OpenActions {
  private static final int SMALLEST = 4;
  private static final Episode.@Nullable Open[] NO_TAKERS = {};
  private static final @Nullable MessageId[] NO_MESSAGES = {};

  /** Who takes the end of each action in the window. */
  private Episode.@Nullable Open[] takers = NO_TAKERS;

  /** Their messages. */
  private @Nullable MessageId[] messages = NO_MESSAGES;

  /** The number of the first action in the window. */
  private int first;

  void add(int id, @Nullable MessageId message, Episode.Open taker) {
    if (id - first >= takers.length) {
      moveTo(id);
    }
    takers[id - first] = taker;
    messages[id - first] = message;
  }

  /** Takes it out; null when nobody waits for it. */
  Episode.@Nullable Open remove(int id) {
    if (!isInWindow(id)) {
      return null;
    }
    Episode.Open taker = takers[id - first];
    takers[id - first] = null;
    messages[id - first] = null;
    return taker;
  }

  /** The message of an action; null when it has none, or nobody waits for it. */
  @Nullable MessageId message(int id) {
    return isInWindow(id) ? messages[id - first] : null;
  }

  private boolean isInWindow(int id) {
    return id >= first && id - first < takers.length;
  }

  int count() {
    int count = 0;
    for (Episode.Open taker : takers) {
      count += taker == null ? 0 : 1;
    }
    return count;
  }

  /** Leaves behind those at the begin that have ended, and makes room for this one. */
  private void moveTo(int id) {
    int ended = 0;
    while (ended < takers.length && takers[ended] == null) {
      ended++;
    }
    int begin = ended == takers.length ? id : first + ended;
    int needed = id - begin + 1;
    int length = Math.max(takers.length, SMALLEST);
    while (length < needed + needed / 2) {
      length *= 2;
    }
    takers = moved(takers, ended, length);
    messages = moved(messages, ended, length);
    first = begin;
  }

  /** The same array where it is long enough: a long chain of calls moves the window on and on. */
  private static <E> @Nullable E[] moved(@Nullable E[] from, int by, int length) {
    int kept = from.length - by;
    @Nullable E[] to = length == from.length ? from : Arrays.copyOf(from, length);
    System.arraycopy(from, by, to, 0, kept);
    Arrays.fill(to, kept, from.length, null);
    return to;
  }
}
