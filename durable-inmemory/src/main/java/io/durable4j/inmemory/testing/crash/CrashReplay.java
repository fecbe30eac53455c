package io.durable4j.inmemory.testing.crash;

import java.util.List;

/**
 * One schedule, run again and told. {@link #toString} is the page to read.
 *
 * @param schedule the schedule
 * @param story what happened, each line with its virtual time
 * @param end how the scenario ended
 * @param findings what is wrong with it
 */
public record CrashReplay(
    Schedule schedule, List<String> story, String end, List<Finding> findings) {
  /** Copies the lists. */
  public CrashReplay {
    story = List.copyOf(story);
    findings = List.copyOf(findings);
  }

  @Override
  public String toString() {
    StringBuilder page = new StringBuilder("Schedule: ").append(schedule.text()).append('\n');
    schedule.lines().forEach(l -> page.append("  ").append(l).append('\n'));
    page.append("What happened\n");
    story.forEach(l -> page.append("  ").append(l).append('\n'));
    page.append("End: ").append(end).append('\n');
    findings.forEach(
        f ->
            page.append("Wrong: ")
                .append(f.what())
                .append("\n  at ")
                .append(f.evidence().step())
                .append('\n'));
    return page.toString();
  }
}
