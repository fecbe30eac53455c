package io.durable4j.benchmarks.load;

import io.durable4j.host.DurableHost;

/**
 * Orchestrations of three activities, each started when the one before it ended. An operation is an
 * orchestration, a latency the time from its start to its result.
 *
 * @param count how many
 */
record OneByOne(int count) implements Load {
  private static final Chain HELLO = new Chain(3, 1, true);

  @Override
  public void register(DurableHost.Builder host) {
    HELLO.register(host);
  }

  @Override
  public Round run(Rig rig) {
    Round sum = Round.NONE;
    for (int i = 0; i < count; i++) {
      sum = sum.plus(HELLO.run(rig));
    }
    return sum;
  }
}
