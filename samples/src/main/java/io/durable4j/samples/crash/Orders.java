package io.durable4j.samples.crash;

import io.durable4j.activity.ActivityContext;
import io.durable4j.client.StartOptions;
import io.durable4j.inmemory.testing.crash.CrashExplorer;
import io.durable4j.inmemory.testing.crash.CrashReplay;
import io.durable4j.inmemory.testing.crash.CrashReport;
import io.durable4j.inmemory.testing.crash.Probe;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An order that is charged, packed and shipped, and the search for what a crash does to it. */
public final class Orders {
  static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  static final EventRef<String> PACKED = EventRef.of("packed", String.class);

  private Orders() {}

  /** The payment service, as the workflow sees it. */
  public interface Payments {
    /**
     * Takes the money.
     *
     * @param order for which order
     * @return the receipt
     */
    String charge(String order);
  }

  /** The warehouse, as the workflow sees it. */
  public interface Warehouse {
    /**
     * Sends a parcel.
     *
     * @param box which
     * @return the parcel's number
     */
    String ship(String box);
  }

  /** The workflow. */
  static final class OrderFlow implements Orchestrator<String, String> {
    @Override
    public String run(OrchestrationContext ctx, String order) {
      String receipt = ctx.activities(Payments.class).charge(order);
      String box = ctx.waitForExternalEvent(PACKED).await();
      return receipt + " and " + ctx.activities(Warehouse.class).ship(box);
    }
  }

  /** What is outside: it outlives every crash. */
  static final class World {
    private final Probe probe;
    private final Map<String, String> receipts = new TreeMap<>();
    private int charges;

    World(Probe probe) {
      this.probe = probe;
    }

    /** A payment service that takes money once for a key. */
    String charge(String key, String order) {
      return receipts.computeIfAbsent(key, k -> take(order));
    }

    /** The money is really taken. */
    String take(String order) {
      charges++;
      probe.effect("charge", order);
      return "receipt " + charges;
    }

    String ship(String box) {
      return "parcel with " + box;
    }

    int charges() {
      return charges;
    }
  }

  /** Hands on the key of the call. */
  static Payments careful(World world) {
    return order -> world.charge(ActivityContext.current().idempotencyKey(), order);
  }

  /** Forgets the key. */
  static Payments careless(World world) {
    return world::take;
  }

  /** What the tests of the workflow say. */
  static CrashExplorer<World> explorer(boolean careful) {
    return CrashExplorer.of(World::new)
        .host(
            (world, h) ->
                h.orchestrator(ORDER, OrderFlow::new)
                    .activities(Payments.class, careful ? careful(world) : careless(world))
                    .activities(Warehouse.class, world::ship))
        .scenario(
            (world, t) -> {
              var order = t.client().schedule(ORDER, "a lamp", StartOptions.id("order-1"));
              order.raise(PACKED, "box 7");
              return order.result(Duration.ofHours(1));
            })
        .invariant("charged at most once", world -> world.charges() <= 1)
        .seed(7);
  }

  static CrashReport explore() {
    CrashReport report = explorer(true).explore();
    report.assertNothingFound();
    return report;
  }

  static CrashReplay again() {
    return explorer(false).replay("twice 1");
  }
}
