package io.durable4j.internal.mailbox;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Signal;
import io.durable4j.spi.QueueId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The ownerships that this worker has now. Thread-safe. */
public final class Terms {
  private final List<QueueId> queues;
  private final Map<Integer, Term> byPartition = new ConcurrentHashMap<>();

  /**
   * No ownership yet.
   *
   * @param partitions how many partitions the hub has
   */
  public Terms(int partitions) {
    this.queues =
        IntStream.range(0, partitions).mapToObj(p -> new QueueId(QueueId.Kind.CONTROL, p)).toList();
  }

  /**
   * Enters an ownership.
   *
   * @param term the ownership
   */
  public void put(Term term) {
    byPartition.put(term.fence().partition(), term);
  }

  /**
   * Ends an ownership.
   *
   * @param term the ownership
   */
  public void remove(Term term) {
    byPartition.remove(term.fence().partition(), term);
  }

  /**
   * The ownership that an instance falls under.
   *
   * @param instance the instance
   * @return the term; null when another worker has it, or nobody
   */
  public @Nullable Term of(InstanceId instance) {
    return byPartition.get(queueOf(instance).shard());
  }

  /**
   * When the oldest of what waits in a mailbox came.
   *
   * @return monotonic nanoseconds; {@link Signal#FOREVER} when nothing waits
   */
  public long oldestNanos() {
    long oldest = Signal.FOREVER;
    for (Term term : byPartition.values()) {
      oldest = Math.min(oldest, term.oldestNanos());
    }
    return oldest;
  }

  /**
   * The control queue of an instance.
   *
   * @param instance the instance
   * @return the queue
   */
  public QueueId queueOf(InstanceId instance) {
    return queues.get(QueueId.control(instance, queues.size()).shard());
  }
}
