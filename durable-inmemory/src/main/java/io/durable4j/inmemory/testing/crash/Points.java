package io.durable4j.inmemory.testing.crash;

import io.durable4j.spi.QueueId;
import io.durable4j.spi.Received;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where storage is called: what a run hears, and where its faults strike. */
interface Points {
  /** A call begins; a thread of a worker that died gets no further. */
  void begin();

  /**
   * A durable write.
   *
   * @param write what it writes
   * @param effect does it
   * @param took whether its answer says that it took effect
   * @param <T> the answer
   */
  <T> T write(Write write, Supplier<T> effect, Predicate<T> took);

  /** What a worker received; the answer is what it gets of it. */
  Received received(QueueId queue, Received got, Leases leases);
}
