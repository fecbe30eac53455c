package io.durable4j.internal.controlled;

import java.util.SplittableRandom;

/** Decides which of the threads that can run goes on. Called by one thread at a time. */
@FunctionalInterface
public interface Chooser {
  /**
   * Chooses.
   *
   * @param runnable how many threads can run, at least 2; the one that waits longest is number 0
   * @return the number of the one that goes on, from 0 to {@code runnable - 1}
   */
  int choose(int runnable);

  /**
   * Chooses, knowing whether the thread that had the turn until now could go on. This is the method
   * that is called; it asks {@link #choose(int)} unless overridden.
   *
   * @param runnable how many threads can run, at least 2; the one that waits longest is number 0
   * @param lastGaveWay whether the last one, {@code runnable - 1}, is the thread that gives way now
   * @return the number of the one that goes on, from 0 to {@code runnable - 1}
   */
  default int choose(int runnable, boolean lastGaveWay) {
    return choose(runnable);
  }

  /**
   * First come, first served: a round robin.
   *
   * @return the chooser
   */
  static Chooser fifo() {
    return runnable -> 0;
  }

  /**
   * Random choices that are the same for the same seed.
   *
   * @param seed the seed
   * @return a fresh chooser
   */
  static Chooser seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random::nextInt;
  }

  /**
   * Random choices that are the same for the same seed, and that like to let a thread go on: fewer
   * switches, and longer stretches in which one thread gets ahead of the others. A smaller limit
   * keeps the choices up to it and takes the chance out of the rest, which shrinks a schedule.
   *
   * @param seed the seed
   * @param stayPercent how often a thread that gives way goes on at once, of a hundred times; the
   *     other times each thread that can run is as likely as the others
   * @param limit after so many choices it is first come, first served; from 0
   * @return a fresh chooser
   * @throws IllegalArgumentException for a percentage not from 0 to 100, or a negative limit
   */
  static Chooser seeded(long seed, int stayPercent, int limit) {
    return new StayingChooser(seed, stayPercent, limit);
  }
}
