package io.durable4j.internal.controlled;

/** How much a run writes down about its schedule. The digest is always kept. */
public enum Trace {
  /** One line for each time that a thread got its turn, up to 20,000. */
  LINES,

  /** Nothing: lines cost more than the schedule itself. */
  NONE
}
