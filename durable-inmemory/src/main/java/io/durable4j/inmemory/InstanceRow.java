package io.durable4j.inmemory;

import io.durable4j.history.OrchestrationStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it is stored.
 *
 * @param execution its execution
 * @param status its status
 * @param state the encoded state
 * @param history the encoded history
 * @param version the version of this row
 * @param commit the newest commit, or null
 * @param position the log position that makes this row durable
 */
record InstanceRow(
    String execution,
    OrchestrationStatus status,
    byte[] state,
    History history,
    long version,
    @Nullable UUID commit,
    long position) {
  long size() {
    return state.length + history.bytes() + 96L;
  }
}
