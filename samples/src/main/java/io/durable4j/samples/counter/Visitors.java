package io.durable4j.samples.counter;

import io.durable4j.client.DurableClient;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.Set;

/**
 * Counts visitors at the doors of a museum: clients signal the door's counter, nobody waits. In the
 * evening an orchestration waits until all have been counted, and clears the counters.
 */
public final class Visitors {
  /** The contract: from how many visitors came to how many were counted. */
  public static final OrchestratorRef<Integer, Integer> EVENING =
      OrchestratorRef.of("Evening", Integer.class, Integer.class);

  private static final EntityId<Counter> NORTH = EntityId.of(Counter.class, "north");
  private static final EntityId<Counter> SOUTH = EntityId.of(Counter.class, "south");

  private Visitors() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--visitors N]}
   */
  public static void main(String[] line) {
    System.out.println("Visitors counted: " + run(line));
  }

  static int run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "visitors"));
    int visitors = args.number("visitors", 1_000);
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .entity(Counter.class, Counter.Code::new)
                .orchestrator(EVENING, Visitors::evening)
                .start()) {
      DurableClient client = host.client();
      for (int i = 0; i < visitors; i++) {
        client.signal(i % 3 == 0 ? SOUTH : NORTH, door -> door.add(1));
      }
      return client.schedule(EVENING, visitors).result(Duration.ofMinutes(1));
    }
  }

  private static int evening(OrchestrationContext ctx, int expected) {
    Counter north = ctx.entity(NORTH);
    Counter south = ctx.entity(SOUTH);
    int counted = north.get() + south.get();
    while (counted < expected) { // signals of clients may still be on their way
      ctx.sleep(Duration.ofMillis(50));
      counted = north.get() + south.get();
    }
    north.clear();
    south.clear();
    return counted;
  }
}
