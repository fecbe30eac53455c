package io.durable4j.samples.upgrade;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deploys a change twice while instances are on their way: once as a new version of the code beside
 * the former one, once as a change inside the same code.
 */
public final class Upgrade {
  /** The contract: an order in, what was done with it out. */
  public static final OrchestratorRef<String, String> REF =
      OrchestratorRef.of("Order", String.class, String.class);

  private static final ActivityRef<String, String> DO =
      ActivityRef.of("Do", String.class, String.class);
  private static final EventRef<String> PAID = EventRef.of("paid", String.class);
  private static final Duration SOON = Duration.ofMinutes(1);

  private Upgrade() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT]}
   */
  public static void main(String[] line) {
    run(line).forEach(System.out::println);
  }

  static List<String> run(String[] line) {
    SampleArgs args = SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE));
    try (Backend backend = SampleBackend.open(args)) {
      try (DurableHost host = firstDeployment(backend)) {
        begin(host.client(), "a");
        begin(host.client(), "b");
      }
      try (DurableHost host = secondDeployment(backend)) {
        begin(host.client(), "c");
        pay(host.client(), "a");
      }
      List<String> ends = new ArrayList<>();
      try (DurableHost host = thirdDeployment(backend)) {
        begin(host.client(), "d");
        for (String id : List.of("b", "c", "d")) {
          pay(host.client(), id);
        }
        for (String id : List.of("a", "b", "c", "d")) {
          ends.add(id + ": " + host.client().instance(REF, id).result(SOON));
        }
      }
      return ends;
    }
  }

  private static DurableHost.Builder shop(Backend backend, String version) {
    return DurableHost.on(backend)
        .set(Setting.VERSION, version)
        .set(Setting.VERSION_MATCH, "current-or-older")
        .set(Setting.VERSION_DEFAULT, version)
        .activity(DO, what -> what);
  }

  /** Version 1 packs before the money is there. */
  private static DurableHost firstDeployment(Backend backend) {
    return shop(backend, "1").orchestrator(REF, "1", Upgrade::packFirst).start();
  }

  /** Version 2 waits for the money; orders of version 1 go on by their own code. */
  private static DurableHost secondDeployment(Backend backend) {
    return shop(backend, "2")
        .orchestrator(REF, "1", Upgrade::packFirst)
        .orchestrator(REF, "2", Upgrade::payFirst)
        .start();
  }

  /** Version 2 still, with a change inside: parcels are insured. */
  private static DurableHost thirdDeployment(Backend backend) {
    return shop(backend, "2")
        .orchestrator(REF, "1", Upgrade::packFirst)
        .orchestrator(REF, "2", Upgrade::payFirstAndInsure)
        .start();
  }

  private static String packFirst(OrchestrationContext ctx, String order) {
    String packed = act(ctx, "packed");
    ctx.waitForExternalEvent(PAID).await();
    return packed + ", " + act(ctx, "sent");
  }

  private static String payFirst(OrchestrationContext ctx, String order) {
    String checked = act(ctx, "checked");
    ctx.waitForExternalEvent(PAID).await();
    return checked + ", " + act(ctx, "packed") + ", " + act(ctx, "sent");
  }

  private static String payFirstAndInsure(OrchestrationContext ctx, String order) {
    // asked where the change begins: an order that is past it keeps the former way
    String checked =
        ctx.patched("insurance") ? act(ctx, "checked and insured") : act(ctx, "checked");
    ctx.waitForExternalEvent(PAID).await();
    return checked + ", " + act(ctx, "packed") + ", " + act(ctx, "sent");
  }

  private static String act(OrchestrationContext ctx, String what) {
    return ctx.callActivity(DO, what).await();
  }

  /** Starts an order and waits until it waits for the money. */
  private static void begin(DurableClient client, String id) {
    InstanceHandle<String> order = client.schedule(REF, id, StartOptions.id(id));
    while (order.state().progress().awaitedEvents().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static void pay(DurableClient client, String id) {
    client.instance(REF, id).raise(PAID, "by card");
  }
}
