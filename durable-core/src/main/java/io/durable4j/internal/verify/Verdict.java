package io.durable4j.internal.verify;

/** How code fits a history that was recorded with former code. */
public sealed interface Verdict {
  /**
   * Every recorded decision is made again.
   *
   * @param decisions how many there are
   */
  record Fits(int decisions) implements Verdict {}

  /**
   * The first decision that is another one.
   *
   * @param step the number of the action
   * @param recorded what history has there, in words
   * @param produced what the code did, in words
   * @param where the line of the user's code
   */
  record Misfit(int step, String recorded, String produced, String where) implements Verdict {}

  /**
   * It could not be told.
   *
   * @param why what is wrong, for a person
   */
  record NotReplayed(String why) implements Verdict {}
}
