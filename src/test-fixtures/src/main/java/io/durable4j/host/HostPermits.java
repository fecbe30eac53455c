package io.durable4j.host;

/** What a host's activities take of its permits, counted without them. */
public final class HostPermits {
  private HostPermits() {}

  /**
   * How many activities run now; a run over its time counts until its thread has ended.
   *
   * @param host the host
   * @return the number
   */
  public static int running(DurableHost host) {
    return ((Engine) host).activitiesRunning();
  }

  /**
   * How many may run at a time.
   *
   * @param host the host
   * @return the number
   */
  public static int allowed(DurableHost host) {
    return ((Engine) host).activitiesAllowed();
  }
}
