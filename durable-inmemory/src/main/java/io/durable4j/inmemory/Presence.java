package io.durable4j.inmemory;

import io.durable4j.history.MessageId;
import io.durable4j.spi.QueueId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call has done to messages so far, read from its changes: most calls make a few, and are
 * looked through; the others get a table.
 */
final class Presence {
  private static final int FEW = 8;

  private final List<Change> changes;
  private @Nullable Map<Key, State> table;
  private int inTable;

  /** What has become of a message. */
  enum State {
    UNTOUCHED,
    PUT,
    REMOVED
  }

  private record Key(QueueId queue, MessageId id) {}

  /** {@code changes} grows. */
  Presence(List<Change> changes) {
    this.changes = changes;
  }

  State of(QueueId queue, MessageId id) {
    return changes.size() > FEW ? inTable(queue, id) : amongFew(queue, id);
  }

  private State amongFew(QueueId queue, MessageId id) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      if (changes.get(i) instanceof Change.PutMessage put) {
        if (put.row().id().equals(id) && put.queue().equals(queue)) {
          return State.PUT;
        }
      } else if (changes.get(i) instanceof Change.RemoveMessage remove) {
        if (remove.id().equals(id) && remove.queue().equals(queue)) {
          return State.REMOVED;
        }
      }
    }
    return State.UNTOUCHED;
  }

  private State inTable(QueueId queue, MessageId id) {
    Map<Key, State> all = table;
    if (all == null) {
      all = new HashMap<>();
      table = all;
    }
    for (; inTable < changes.size(); inTable++) {
      if (changes.get(inTable) instanceof Change.PutMessage put) {
        all.put(new Key(put.queue(), put.row().id()), State.PUT);
      } else if (changes.get(inTable) instanceof Change.RemoveMessage remove) {
        all.put(new Key(remove.queue(), remove.id()), State.REMOVED);
      }
    }
    return all.getOrDefault(new Key(queue, id), State.UNTOUCHED);
  }
}
