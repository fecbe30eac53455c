package io.durable4j.internal.controlled;

import java.util.SplittableRandom;

/** Seeded choices that prefer the thread that gives way, up to a limit. */
final class StayingChooser implements Chooser {
  private final SplittableRandom random;
  private final int stayPercent;
  private final int limit;
  private int choices;

  StayingChooser(long seed, int stayPercent, int limit) {
    if (stayPercent < 0 || stayPercent > 100) {
      throw new IllegalArgumentException("stayPercent must be from 0 to 100, is " + stayPercent);
    }
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, is " + limit);
    }
    this.random = new SplittableRandom(seed);
    this.stayPercent = stayPercent;
    this.limit = limit;
  }

  @Override
  public int choose(int runnable) {
    return choose(runnable, false);
  }

  @Override
  public int choose(int runnable, boolean lastGaveWay) {
    if (choices >= limit) {
      return 0;
    }
    choices++;
    if (lastGaveWay && random.nextInt(100) < stayPercent) {
      return runnable - 1;
    }
    return random.nextInt(runnable);
  }
}
