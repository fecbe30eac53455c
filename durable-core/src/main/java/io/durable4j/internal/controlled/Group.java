package io.durable4j.internal.controlled;

/** The threads that die together and freeze together. Guarded by the scheduler. */
final class Group {
  final String name;
  boolean killed;

  /** The virtual time at which its threads may run again; in the past when they may now. */
  long frozenUntil = Long.MIN_VALUE;

  Group(String name) {
    this.name = name;
  }
}
