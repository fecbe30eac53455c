package io.durable4j.inmemory.testing.history;

import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.history.EventBody;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.inmemory.InMemoryBackend;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A host in memory, for the length of a test. */
final class Stand implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  private final InMemoryBackend backend = InMemoryBackend.create();
  private final DurableHost host;

  Stand(Consumer<DurableHost.Builder> setUp) {
    DurableHost.Builder builder =
        DurableHost.on(backend).set(Setting.HUB_PARTITIONS, "1").set(Setting.POLL_MAX, "PT0.2S");
    setUp.accept(builder);
    host = builder.start();
  }

  DurableClient client() {
    return host.client();
  }

  /** Waits for what no event tells of; looks until it is so. */
  static void eventually(String what, BooleanSupplier isSo) {
    long until = System.nanoTime() + SOON.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("Not within " + SOON + ": " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  static void awaits(InstanceHandle<?> instance, String event) {
    eventually(
        instance + " waits for " + event,
        () -> instance.state().progress().awaitedEvents().contains(event));
  }

  static void suspend(InstanceHandle<?> instance) {
    instance.suspend("a pause");
    eventually("suspended", () -> instance.state().status() == OrchestrationStatus.SUSPENDED);
  }

  static void hasEvent(InstanceHandle<?> instance, Class<? extends EventBody> kind) {
    eventually(
        instance + " has " + kind,
        () -> instance.history().events().stream().anyMatch(e -> kind.isInstance(e.body())));
  }

  @Override
  public void close() {
    host.close(Duration.ofSeconds(5));
    backend.close();
  }
}
