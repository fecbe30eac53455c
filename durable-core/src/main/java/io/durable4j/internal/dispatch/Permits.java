package io.durable4j.internal.dispatch;

/**
 * How much of one kind may run at a time. While the shared queue has work, every second freed
 * permit is kept for it. Thread-safe, never blocks.
 */
public final class Permits {
  private final int total;
  private final Runnable freed;
  private int free;
  private int kept;
  private boolean sharedHasWork;
  private boolean keepNext;

  /**
   * All free.
   *
   * @param total how many there are
   * @param freed called after permits were given back while the shared queue has work; nobody else
   *     waits for a permit
   */
  public Permits(int total, Runnable freed) {
    this.total = total;
    this.free = total;
    this.freed = freed;
  }

  /**
   * Takes permits.
   *
   * @param want how many at most
   * @return how many were taken, possibly none
   */
  public synchronized int take(int want) {
    int n = Math.min(want, free);
    free -= n;
    return n;
  }

  /**
   * Takes permits for the shared queue, those kept for it first. When there are none, nobody knows
   * what the queue has, and the next freed permits are kept for it as if it had work.
   *
   * @param want how many at most
   * @return how many were taken, possibly none
   */
  public synchronized int takeShared(int want) {
    int n = Math.min(want, kept + free);
    sharedHasWork |= n == 0;
    int fromKept = Math.min(n, kept);
    kept -= fromKept;
    free -= n - fromKept;
    return n;
  }

  /**
   * How many there are.
   *
   * @return free and taken ones
   */
  public int total() {
    return total;
  }

  /**
   * How many are taken.
   *
   * @return from 0 to {@link #total}
   */
  public synchronized int inUse() {
    return total - free - kept;
  }

  /**
   * Tells whether the shared queue has work that waits.
   *
   * @param hasWork whether it has
   */
  public synchronized void sharedHasWork(boolean hasWork) {
    sharedHasWork = hasWork;
    if (!hasWork) {
      free += kept;
      kept = 0;
    }
  }

  /**
   * Gives permits back that nothing ran under. Nobody is called.
   *
   * @param n how many
   */
  synchronized void untake(int n) {
    free += n;
    refuseTooMany();
  }

  private void refuseTooMany() {
    if (free + kept > total) {
      throw new IllegalStateException("more permits given back than taken");
    }
  }

  /**
   * Gives permits back.
   *
   * @param n how many
   */
  public void give(int n) {
    if (n == 0) {
      return;
    }
    boolean wanted;
    synchronized (this) {
      wanted = sharedHasWork;
      for (int i = 0; i < n; i++) {
        keepNext = !keepNext;
        if (sharedHasWork && keepNext) {
          kept++;
        } else {
          free++;
        }
      }
      refuseTooMany();
    }
    if (wanted) {
      freed.run();
    }
  }
}
