package io.durable4j.inmemory.testing.crash;

import java.util.List;
import java.util.Locale;

/** What goes wrong in one run, and where. Immutable. */
public final class Schedule {
  static final Schedule NONE = new Schedule(List.of(), List.of());

  private final List<Fault> faults;
  private final List<String> lines;

  private Schedule(List<Fault> faults, List<String> lines) {
    this.faults = List.copyOf(faults);
    this.lines = List.copyOf(lines);
  }

  static Schedule of(List<Fault> faults, Learned learned) {
    return new Schedule(faults, faults.stream().map(learned::describe).toList());
  }

  static List<Fault> parse(String text) {
    return text.isBlank() || text.equals("no fault")
        ? List.of()
        : List.of(text.split(",", -1)).stream().map(part -> fault(part.strip())).toList();
  }

  private static Fault fault(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("\\s+", -1);
    if (words.length == 4 && words[0].equals("late") && words[2].equals("until")) {
      return new Fault.Late(number(words[1], text), number(words[3], text));
    }
    if (words.length != 2) {
      throw malformed(text);
    }
    return switch (words[0]) {
      case "crash-before" -> new Fault.Crash(number(words[1], text), false);
      case "crash-after" -> new Fault.Crash(number(words[1], text), true);
      case "twice" -> new Fault.Twice(number(words[1], text));
      case "overtime-before" -> new Fault.Overtime(number(words[1], text), false);
      case "overtime-after" -> new Fault.Overtime(number(words[1], text), true);
      default -> throw malformed(text);
    };
  }

  private static int number(String word, String text) {
    if (!word.matches("[0-9]{1,6}")) {
      throw malformed(text);
    }
    return Integer.parseInt(word);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "Not a schedule: '"
            + text
            + "'. A schedule is 'no fault', or a list with commas of: crash-before N, crash-after"
            + " N, twice N, overtime-before N, overtime-after N, late N until N; a report prints"
            + " those that fit its workflow");
  }

  List<Fault> list() {
    return faults;
  }

  /**
   * How many things go wrong.
   *
   * @return from 0
   */
  public int faults() {
    return faults.size();
  }

  /**
   * The schedule in words, a line for each fault.
   *
   * @return the lines; empty when nothing goes wrong
   */
  public List<String> lines() {
    return lines;
  }

  /**
   * The schedule as {@link CrashExplorer#replay} takes it.
   *
   * @return for example {@code crash-before 4, twice 2}; {@code no fault} when nothing goes wrong
   */
  public String text() {
    return Fault.text(faults);
  }

  @Override
  public String toString() {
    return text();
  }
}
