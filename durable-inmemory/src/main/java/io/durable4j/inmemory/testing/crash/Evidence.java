package io.durable4j.inmemory.testing.crash;

/**
 * How a finding comes about.
 *
 * @param step where: the step with its {@code File.java:line} where that is known
 * @param first the first schedule that showed it
 * @param shortest the schedule with the fewest faults that was found to show it
 * @param schedules how many schedules showed it
 * @param seed the seed of the exploration
 */
public record Evidence(String step, Schedule first, Schedule shortest, int schedules, long seed) {
  /** Of what is not looked at yet. */
  static final Evidence NONE = new Evidence("", Schedule.NONE, Schedule.NONE, 0, 0);
}
