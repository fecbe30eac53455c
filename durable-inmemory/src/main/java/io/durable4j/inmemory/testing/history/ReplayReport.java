package io.durable4j.inmemory.testing.history;

import io.durable4j.history.RecordedHistory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the code of today fits recorded histories. Immutable.
 *
 * @param entries one for each history
 */
public record ReplayReport(List<Entry> entries) {
  private static final String ADVICE =
      "An instance that runs with such a past would be parked by today's code. Keep what it has"
          + " decided (ctx.patched, a version of its own, an alias in @Name), or, when no instance"
          + " has this past, record the history anew.";

  /** Copies the list. */
  public ReplayReport {
    entries = List.copyOf(entries);
  }

  /**
   * One history.
   *
   * @param source the file
   * @param history what it holds; null when it could not be read
   * @param outcome how the code fits
   */
  public record Entry(String source, @Nullable RecordedHistory history, Outcome outcome) {
    /**
     * Whether the code fits.
     *
     * @return true when every recorded decision was made again
     */
    public boolean passed() {
      return outcome instanceof Outcome.Fits;
    }
  }

  /** How code fits one history. */
  public sealed interface Outcome {
    /**
     * Every recorded decision was made again.
     *
     * @param decisions how many there are, the end among them
     */
    record Fits(int decisions) implements Outcome {}

    /**
     * The first decision that is another one.
     *
     * @param step its number in the history, from 0
     * @param recorded what was decided then, in words
     * @param produced what the code decides today, in words
     * @param line where, as {@code File.java:line} of the user's code
     */
    record Mismatch(int step, String recorded, String produced, String line) implements Outcome {}

    /**
     * It could not be told.
     *
     * @param why what is wrong with the file, or whose history it is
     */
    record NotReplayed(String why) implements Outcome {}
  }

  /**
   * Whether the code fits all of them.
   *
   * @return true when each has passed
   */
  public boolean passed() {
    return failures().isEmpty();
  }

  /**
   * Those that have not passed.
   *
   * @return the entries, in order
   */
  public List<Entry> failures() {
    return entries.stream().filter(e -> !e.passed()).toList();
  }

  /** The report for a person: what does not fit, file by file. */
  @Override
  public String toString() {
    List<Entry> failures = failures();
    if (failures.isEmpty()) {
      return "The code fits " + count(entries.size());
    }
    StringBuilder out =
        new StringBuilder()
            .append("The code does not fit ")
            .append(failures.size())
            .append(" of ")
            .append(count(entries.size()))
            .append(':');
    failures.forEach(e -> describe(out, e));
    if (failures.stream().anyMatch(e -> e.outcome() instanceof Outcome.Mismatch)) {
      out.append("\n\n").append(ADVICE);
    }
    return out.toString();
  }

  private static String count(int histories) {
    return histories + (histories == 1 ? " recorded history" : " recorded histories");
  }

  private static void describe(StringBuilder out, Entry e) {
    out.append("\n\n").append(e.source());
    if (e.outcome() instanceof Outcome.Mismatch m) {
      RecordedHistory h = e.history();
      if (h != null) {
        out.append("\n  orchestrator '").append(h.orchestrator()).append('\'');
        out.append(h.version().isEmpty() ? "" : " in version '" + h.version() + "'");
        out.append(", instance ").append(h.instance());
      }
      out.append("\n  step ").append(m.step()).append(", at ").append(m.line());
      out.append("\n    recorded: ").append(m.recorded());
      out.append("\n    produced: ").append(m.produced());
    } else if (e.outcome() instanceof Outcome.NotReplayed n) {
      out.append("\n  ").append(n.why());
    }
  }
}
