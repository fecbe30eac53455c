package io.durable4j.internal.controlled;

import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * What controlled threads run on, shared by any number of runs, one after another or at the same
 * time. Thread-safe. The schedule of a run does not depend on it.
 *
 * <p>Where the runtime has virtual threads, they are used. They are cheapest when the JVM was
 * started with {@code --add-opens java.base/java.lang=ALL-UNNAMED}: then all threads of one run
 * share one platform thread of the pool, and a hand-over is a switch within it. Older runtimes use
 * pooled platform threads.
 */
public final class Carriers implements AutoCloseable {
  private final ThreadPool pool = new ThreadPool();
  private final Supplier<Lane> lanes;
  private final String kind;

  private Carriers(boolean virtual, boolean loop) {
    MethodHandle factory = virtual && loop ? VirtualThreads.factory() : null;
    if (factory != null) {
      kind = "virtual threads on one platform thread a run";
      lanes = () -> LoopLane.open(factory, pool);
    } else if (virtual) {
      MethodHandle starter = VirtualThreads.starter();
      kind = "virtual threads";
      lanes = () -> task -> VirtualThreads.start(starter, task);
    } else {
      kind = "pooled platform threads";
      lanes = () -> pool::start;
    }
  }

  /**
   * The best that the runtime offers.
   *
   * @return carriers, to be closed
   */
  public static Carriers create() {
    return new Carriers(VirtualThreads.exist(), true);
  }

  /**
   * Virtual threads on the scheduler that the runtime shares among all of them.
   *
   * @return carriers, to be closed
   * @throws IllegalStateException when the runtime has no virtual threads
   */
  static Carriers sharedVirtual() {
    return new Carriers(true, false);
  }

  /**
   * Pooled platform threads on any runtime.
   *
   * @return carriers, to be closed
   */
  public static Carriers platform() {
    return new Carriers(false, false);
  }

  /** Opens a place for the threads of one run. */
  Lane open() {
    return lanes.get();
  }

  int idleThreads() {
    return pool.idleCount();
  }

  /** Ends the idle threads; the ones in use end with their run. */
  @Override
  public void close() {
    pool.close();
  }

  @Override
  public String toString() {
    return kind;
  }
}
