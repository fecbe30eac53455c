package io.durable4j.inmemory.testing.crash;

/**
 * A durable change of a workflow: before it a crash loses what was done since the one before, after
 * it a crash does not.
 *
 * @param number its place in the run without faults, from 1
 * @param instance the instance that changed: its id where the test chose one, else the name of its
 *     orchestrator, with a number where there are several
 * @param what what became durable, for a person; with the number of each step that is a part of it
 */
public record Boundary(int number, String instance, String what) {
  /**
   * The boundary on one line.
   *
   * @return instance and change
   */
  public String label() {
    return instance + ": " + what;
  }

  @Override
  public String toString() {
    return number + ". " + label();
  }
}
