package io.durable4j.inmemory.testing.crash;

/** A finding that more schedules may show. */
final class Found {
  private final Verdict verdict;
  private final Schedule first;
  private final Schedule shortest;
  private int schedules = 1;

  Found(Verdict verdict, Schedule first, Schedule shortest) {
    this.verdict = verdict;
    this.first = first;
    this.shortest = shortest;
  }

  void again() {
    schedules++;
  }

  Finding finding(long seed) {
    return verdict.finding().apply(new Evidence(verdict.step(), first, shortest, schedules, seed));
  }
}
