package io.durable4j.azurestorage.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.data.DurableException;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import io.durable4j.fixtures.azurite.ProxiedAzurite;
import io.durable4j.fixtures.azurite.ProxyFaults.Fault;
import io.durable4j.fixtures.azurite.ProxyFaults.Kind;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.observe.Health;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * All three services of a real server are away until the worker has tried for long enough to say
 * so, and its partitions are not its own any more; then they are back. How five minutes of that go
 * is told on the virtual clock.
 */
@Tag("real-time")
@EnabledIfSystemProperty(named = "durable.azurite", matches = "true")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AzuriteOutageTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int STEPS = 5;
  private static final int INSTANCES = 6;
  private static final OrchestratorRef<Integer, String> FLOW =
      OrchestratorRef.of("Flow", Integer.class, String.class);
  private static final ActivityRef<Integer, Integer> WORK =
      ActivityRef.of("Work", Integer.class, Integer.class);
  private static final EventRef<String> GO = EventRef.of("go", String.class);

  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();

  private Fault fate() {
    if (!away.get()) {
      return new Fault(Kind.NONE, Duration.ZERO);
    }
    refused.incrementAndGet();
    return new Fault(Kind.REFUSE, Duration.ZERO);
  }

  private static String steps(OrchestrationContext ctx, int n) {
    int sum = 0;
    for (int k = 0; k < n; k++) {
      sum += ctx.callActivity(WORK, k).await();
    }
    String told = ctx.waitForExternalEvent(GO).await();
    return told + ctx.callActivity(WORK, sum).await();
  }

  private static void eventually(String what, BooleanSupplier isSo) {
    long until = System.nanoTime() + SOON.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("Not within " + SOON + ": " + what).isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static boolean owns(Health health, int partitions) {
    return health.partitions().size() == partitions;
  }

  @Test
  void aWorkerGoesOnByItselfWhenTheServicesAreBack() {
    try (Azurite azurite = AzuriteChooser.ofMachine().start();
        ProxiedAzurite proxied = new ProxiedAzurite(azurite, this::fate);
        AzureStorageBackend backend = AzureStorageBackend.create(proxied.connectionString());
        DurableHost host =
            DurableHost.on(backend)
                .set(Setting.PARTITION_INTERVAL, "PT0.5S")
                .set(Setting.PARTITION_LEASE, "PT3S")
                .set(Setting.LEASE, "PT3S")
                .set(Setting.POLL_MAX, "PT1S")
                .orchestrator(FLOW, AzuriteOutageTest::steps)
                .activity(
                    WORK,
                    n -> {
                      runs.incrementAndGet();
                      return n;
                    })
                .start()) {
      DurableClient client = host.client();
      List<InstanceHandle<String>> all =
          IntStream.range(0, INSTANCES).mapToObj(n -> client.schedule(FLOW, STEPS)).toList();
      eventually("they are at work", () -> runs.get() >= INSTANCES);
      away.set(true);
      eventually("calls fail", () -> refused.get() > 0);
      assertThatThrownBy(() -> all.get(0).raise(GO, "lost ")).isInstanceOf(DurableException.class);
      assertThat(host.health().status()).isEqualTo(Health.Status.DOWN);
      eventually("it owns nothing", () -> owns(host.health(), 0));
      away.set(false);
      all.forEach(i -> i.raise(GO, "told "));
      for (InstanceHandle<String> i : all) {
        assertThat(i.result(SOON)).isEqualTo("told 10");
      }
      assertThat(runs.get()).isGreaterThanOrEqualTo(INSTANCES * (STEPS + 1));
      assertThat(client.quarantined()).isEmpty();
      eventually("it is up", () -> host.health().status() == Health.Status.UP);
      eventually("it owns all", () -> owns(host.health(), 4));
    }
  }
}
