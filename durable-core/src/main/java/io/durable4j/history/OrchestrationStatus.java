package io.durable4j.history;

/** Where an instance is in its life. The names are those of the Durable Task family. */
public enum OrchestrationStatus {
  /** Started, and not finished. */
  RUNNING(false),
  /** Its function returned. */
  COMPLETED(true),
  /** Its execution ended by starting the next one. */
  CONTINUED_AS_NEW(true),
  /** Its function threw. */
  FAILED(true),
  /** Ended by the family's cancel; never set by this engine. */
  CANCELED(true),
  /** Ended by terminate. */
  TERMINATED(true),
  /** Created, and not started yet. */
  PENDING(false),
  /** Paused by suspend. */
  SUSPENDED(false);

  private final boolean terminal;

  OrchestrationStatus(boolean terminal) {
    this.terminal = terminal;
  }

  /**
   * Whether nothing can change any more.
   *
   * @return true for the ends of a life
   */
  public boolean isTerminal() {
    return terminal;
  }
}
