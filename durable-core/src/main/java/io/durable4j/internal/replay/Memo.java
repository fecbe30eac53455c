package io.durable4j.internal.replay;

/** What replays of one execution remember. */
public final class Memo {
  /** Remembers nothing yet. */
  public Memo() {}

  /**
   * About how much it holds.
   *
   * @return bytes
   */
  public long bytes() {
    return 0;
  }
}
