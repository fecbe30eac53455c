package io.durable4j.spi;

import io.durable4j.history.InstanceId;

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
   * An instance's state may have changed.
   *
   * @param instance the instance
   */
  void changed(InstanceId instance);
}
