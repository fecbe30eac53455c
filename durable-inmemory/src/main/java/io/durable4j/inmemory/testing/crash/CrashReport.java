package io.durable4j.inmemory.testing.crash;

import java.util.List;

/**
 * What an exploration found. {@link #toString} is the page to read.
 *
 * @param boundaries the durable boundaries of the run without faults, in order
 * @param findings what is wrong; empty when nothing was found
 * @param repeats activities that ran more than once without harm
 * @param end how the scenario ends without faults
 * @param untried how many single faults were not tried, since there were not runs enough
 * @param runs how many runs it took
 * @param seed the seed; the same seed gives the same exploration
 */
public record CrashReport(
    List<Boundary> boundaries,
    List<Finding> findings,
    List<Repeat> repeats,
    String end,
    int untried,
    int runs,
    long seed) {
  /** Copies the lists. */
  public CrashReport {
    boundaries = List.copyOf(boundaries);
    findings = List.copyOf(findings);
    repeats = List.copyOf(repeats);
  }

  /**
   * Fails a test when something was found.
   *
   * @throws AssertionError with the page, when there are findings
   */
  public void assertNothingFound() {
    if (!findings.isEmpty()) {
      throw new AssertionError(toString());
    }
  }

  @Override
  public String toString() {
    StringBuilder page = new StringBuilder();
    page.append(boundaries.size()).append(" durable boundaries, ").append(runs);
    page.append(" runs, ").append(findings.size());
    page.append(findings.size() == 1 ? " finding" : " findings");
    page.append(", seed ").append(seed).append("\n\nBoundaries\n");
    boundaries.forEach(b -> page.append("  ").append(b).append('\n'));
    page.append("  and the scenario ends with ").append(end).append('\n');
    if (untried > 0) {
      page.append("  not tried: ").append(untried);
      page.append(" single faults; allow them with maxRuns\n");
    }
    if (!repeats.isEmpty()) {
      page.append("\nRepeated without harm\n");
      repeats.forEach(r -> page.append("  ").append(r).append('\n'));
    }
    for (int i = 0; i < findings.size(); i++) {
      page.append("\nFinding ").append(i + 1).append(": ");
      write(page, findings.get(i));
    }
    return page.toString();
  }

  private static void write(StringBuilder page, Finding finding) {
    Evidence e = finding.evidence();
    page.append(finding.what().replace("\n", "\n    ")).append('\n');
    page.append("  at ").append(e.step()).append('\n');
    page.append("  in ").append(e.schedules());
    page.append(e.schedules() == 1 ? " schedule" : " schedules").append("; the shortest:\n");
    if (e.shortest().faults() == 0) {
      page.append("    nothing goes wrong at all");
      if (finding instanceof Finding.EndDiffers) {
        page.append("; is something kept outside of the world, in a static for example?");
      }
      page.append('\n');
    }
    e.shortest().lines().forEach(l -> page.append("    ").append(l).append('\n'));
    page.append("  see it: replay(\"").append(e.shortest().text()).append("\") with seed ");
    page.append(e.seed()).append('\n');
  }
}
