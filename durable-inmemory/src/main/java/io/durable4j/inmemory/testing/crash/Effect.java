package io.durable4j.inmemory.testing.crash;

import org.jspecify.annotations.Nullable;

/**
 * What a probe was told.
 *
 * @param name what was done
 * @param detail with what
 * @param done whether it was done; false when a repeat was recognised and nothing was done
 * @param body the run of the activity that did it; null when it was none
 * @param place where other code did it, {@code File.java:line}; empty for an activity or the test
 * @param kind what code that is
 */
record Effect(
    String name, String detail, boolean done, @Nullable Body body, String place, Kind kind) {
  enum Kind {
    ACTIVITY,
    ORCHESTRATOR,
    STEP,
    ENTITY,
    TEST
  }

  String label() {
    return detail.isEmpty() ? name : name + " " + detail;
  }
}
