package io.durable4j.inmemory.testing.crash;

/**
 * An activity that ran more than once for one call, and did no harm.
 *
 * @param step the step, with its {@code File.java:line} where that is known
 * @param activity the activity
 * @param times how often it ran at most in one run of the scenario
 * @param effects how often it told the probe of an effect then; 0 when it never does
 */
public record Repeat(String step, String activity, int times, int effects) {
  @Override
  public String toString() {
    String did =
        effects == 0
            ? "no effect recorded by the probe"
            : "its effect was recorded " + (effects == 1 ? "once" : effects + " times, by one run");
    return step + ": ran up to " + times + " times, " + did;
  }
}
