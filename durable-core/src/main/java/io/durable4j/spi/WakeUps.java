package io.durable4j.spi;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * Hints from a backend. They come on any thread, may be lost and may be spurious; the receiver
 * returns at once and does no storage call on the calling thread.
 */
public interface WakeUps {
  /**
   * A queue may have something new: a message that is visible, or one that will be.
   *
   * @param queue the queue
   */
  void ready(QueueId queue);

  /**
   * An instance's state may have changed, and queries show it.
   *
   * @param instance the instance
   * @param status its status by now, by which receivers tell whether they need to look; null where
   *     it is not known or the instance is gone
   */
  void changed(InstanceId instance, @Nullable OrchestrationStatus status);
}
