package io.durable4j.inmemory.testing.crash;

import java.util.List;
import java.util.stream.Collectors;

/** Something that goes wrong in a run, at a place that the run without faults showed. */
sealed interface Fault {
  /** The fault in a schedule's text. */
  String text();

  /** A schedule's text. */
  static String text(List<Fault> faults) {
    return faults.isEmpty()
        ? "no fault"
        : faults.stream().map(Fault::text).collect(Collectors.joining(", "));
  }

  /** The worker dies just before or just after a boundary. */
  record Crash(int boundary, boolean after) implements Fault {
    @Override
    public String text() {
      return (after ? "crash-after " : "crash-before ") + boundary;
    }
  }

  /** The worker dies when an activity has returned and nothing of that is durable. */
  record Twice(int body) implements Fault {
    @Override
    public String text() {
      return "twice " + body;
    }
  }

  /** An activity takes longer than it may, before or after its work. */
  record Overtime(int body, boolean after) implements Fault {
    @Override
    public String text() {
      return (after ? "overtime-after " : "overtime-before ") + body;
    }
  }

  /** What came first comes after what came later. */
  record Late(int arrival, int until) implements Fault {
    @Override
    public String text() {
      return "late " + arrival + " until " + until;
    }
  }
}
