package io.durable4j.internal.dispatch;

/**
 * The permits of one cap. A fetch that leaves its names out, for want of a permit, is made up for
 * as soon as one is free. Thread-safe, never blocks.
 */
final class CapPermits {
  private final Permits permits;
  private volatile boolean leftOut;

  CapPermits(Cap cap, Runnable freed, Runnable wanted) {
    permits =
        new Permits(
            cap.max(),
            () -> {
              if (leftOut) {
                wanted.run();
              }
              freed.run();
            });
  }

  /** Takes permits for a fetch; none means that the fetch leaves the names out. */
  int takeForFetch(int want) {
    // first, so that one that is freed meanwhile is not missed
    leftOut = true;
    int taken = permits.takeShared(want);
    if (taken > 0) {
      leftOut = false;
    }
    return taken;
  }

  Permits permits() {
    return permits;
  }
}
