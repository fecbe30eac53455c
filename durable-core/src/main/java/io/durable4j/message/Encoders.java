package io.durable4j.message;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The encoders of a backend: what one commit is done with serves the next, since an encoder with
 * its buffers is larger than what most commits write. Keeps {@value #MOST} at most. Thread-safe,
 * never blocks.
 */
public final class Encoders {
  private static final int MOST = 8;

  private final BlockingQueue<Encoder> idle = new ArrayBlockingQueue<>(MOST);

  /** None yet. */
  public Encoders() {}

  /**
   * Takes an encoder, for one thread; closing it brings it back.
   *
   * @return the encoder
   */
  public Encoder take() {
    Encoder kept = idle.poll();
    return kept == null ? new Encoder(idle::offer) : kept.again();
  }
}
