package io.durable4j.inmemory;

import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.QueueId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call while it holds the hub's lock. It reads the state and collects what shall happen:
 * durable changes, volatile effects, hints. Nothing of it takes effect before the changes are in
 * the log.
 */
final class Transaction {
  private final HubState state;
  private final PartitionRows partitions;
  private final Instant now;
  private final List<Change> changes = new ArrayList<>(4);
  private final List<Runnable> leases = new ArrayList<>(1);
  private final List<QueueId> ready = new ArrayList<>(2); // each once; a hub has few
  private @Nullable InstanceId changed;
  private @Nullable OrchestrationStatus status;
  private final Presence presence;
  private long nextOrder;
  private long dependsOn;
  private long end;
  private boolean relaxed;

  Transaction(HubState state, PartitionRows partitions, Instant now) {
    this.state = state;
    this.partitions = partitions;
    this.now = now;
    this.presence = new Presence(changes);
    this.nextOrder = state.nextOrder();
  }

  HubState state() {
    return state;
  }

  PartitionRows partitions() {
    return partitions;
  }

  Instant now() {
    return now;
  }

  void change(Change c) {
    changes.add(c);
  }

  /** An effect that does not survive the process, made once the changes are in the log. */
  void then(Runnable effect) {
    leases.add(effect);
  }

  /** The answer tells something that is durable only at this position. */
  void dependsOn(long position) {
    dependsOn = Math.max(dependsOn, position);
  }

  /** The answer waits for the changes of this very call to be written, and not for the disk. */
  void relax() {
    relaxed = true;
  }

  boolean fenced(Fence fence) {
    return partitions.matches(fence);
  }

  /** The instance's row; absence is a fact too, and depends on the removal that made it. */
  @Nullable InstanceRow instance(InstanceId id) {
    InstanceRow row = state.instances().get(id);
    dependsOn(row == null ? state.untied() : row.position());
    return row;
  }

  void putInstance(Change.PutInstance c) {
    changes.add(c);
    changed = c.id();
    status = c.status();
  }

  void removeInstance(InstanceId id) {
    changes.add(new Change.RemoveInstance(id));
    changed = id;
    status = null;
  }

  /** The delivery's entry when the delivery is still the current one, else null. */
  MessageQueue.@Nullable Entry held(Delivery d) {
    MessageQueue.Entry e = state.queue(d.from()).find(d.message().id());
    return e != null && e.heldBy(d.receipt()) ? e : null;
  }

  void remove(QueueId queue, MessageId id) {
    if (presence.of(queue, id) != Presence.State.REMOVED) {
      changes.add(new Change.RemoveMessage(queue, id));
    }
  }

  /** Drops a message that nobody holds, wherever it waits. */
  void retract(MessageId id) {
    state
        .queues()
        .forEach(
            (queue, q) -> {
              MessageQueue.Entry e = q.find(id);
              if (e != null && !e.leasedAt(now)) {
                remove(queue, id);
              }
            });
  }

  /**
   * Puts a message into its queue, unless it is there.
   *
   * @return the delivery when the message asked for a claim and got it, else null
   */
  @Nullable Delivery enqueue(Encoded m, Duration lease) {
    MessageQueue queue = state.queue(m.to());
    Presence.State here = presence.of(m.to(), m.id());
    if (here == Presence.State.PUT) {
      return null;
    }
    MessageQueue.Entry same = here == Presence.State.UNTOUCHED ? queue.find(m.id()) : null;
    if (same != null) {
      // who sent it first may still wait for the disk
      dependsOn(same.position());
      return null;
    }
    Message own = m.claim();
    boolean claim =
        own != null && m.to().kind() == QueueId.Kind.ACTIVITY && !m.visibleAt().isAfter(now);
    MessageRow row =
        new MessageRow(nextOrder++, m.id(), m.name(), m.visibleAt(), claim ? 1 : 0, m.text());
    changes.add(new Change.PutMessage(m.to(), row));
    if (own == null || !claim) {
      ready(m.to());
      return null;
    }
    // no hint: who asked for it has it, and nobody else may
    Receipt receipt = new Receipt(row);
    Instant until = later(lease);
    leases.add(
        () -> {
          MessageQueue.Entry e = queue.find(row.id());
          if (e != null) {
            queue.lease(e, until, receipt);
          }
        });
    return new Delivery(own, m.to(), row.order(), 1, 0, receipt);
  }

  List<Delivery> enqueueAll(List<Encoded> all, Duration lease) {
    List<Delivery> claimed = new ArrayList<>(1);
    for (int i = 0; i < all.size(); i++) {
      Delivery delivery = enqueue(all.get(i), lease);
      if (delivery != null) {
        claimed.add(delivery);
      }
    }
    return claimed;
  }

  void ready(QueueId queue) {
    if (!ready.contains(queue)) {
      ready.add(queue);
    }
  }

  Instant later(Duration by) {
    try {
      return now.plus(by);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  List<Change> changes() {
    return changes;
  }

  List<QueueId> readyQueues() {
    return ready;
  }

  /** The instance that the call changes; no call changes two. */
  @Nullable InstanceId changedInstance() {
    return changed;
  }

  /** The status that it has then; null when it is gone. */
  @Nullable OrchestrationStatus changedStatus() {
    return status;
  }

  /** Makes the effect, once it is in the log up to {@code end}. */
  void apply(long end) {
    this.end = end;
    for (Change c : changes) {
      state.apply(c, end);
    }
    for (Runnable lease : leases) {
      lease.run();
    }
    if (!relaxed && !changes.isEmpty()) {
      dependsOn(end);
    }
  }

  /** What must be durable before the call answers. */
  long position() {
    return dependsOn;
  }

  /** What must be written before the call answers. */
  long end() {
    return end;
  }
}
