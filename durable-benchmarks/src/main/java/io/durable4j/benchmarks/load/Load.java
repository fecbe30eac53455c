package io.durable4j.benchmarks.load;

import io.durable4j.host.DurableHost;

/** What a round puts on a host. One object serves the hosts of a scenario one after the other. */
interface Load {
  /** Registers orchestrators and activities. */
  void register(DurableHost.Builder host);

  /**
   * Puts the load on once and waits until it is done.
   *
   * @param rig the host
   * @return what was done
   * @throws IllegalStateException for a wrong result
   */
  Round run(Rig rig);

  /** Refuses a wrong result. */
  static void check(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException("The result should be " + expected + ", not " + actual);
    }
  }
}
