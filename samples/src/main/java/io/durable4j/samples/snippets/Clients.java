package io.durable4j.samples.snippets;

import static io.durable4j.history.OrchestrationStatus.FAILED;
import static io.durable4j.history.OrchestrationStatus.RUNNING;

import io.durable4j.client.Batch;
import io.durable4j.client.BatchResult;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.InstancePage;
import io.durable4j.client.StartOptions;
import io.durable4j.history.InstanceState;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client does, as the pages show it. */
final class Clients {
  private static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  private static final EventRef<Boolean> APPROVED = EventRef.of("approved", Boolean.class);

  private Clients() {}

  static void alone(Backend backend, Path file) {
    // snippet alone
    try (DurableClient client =
        DurableHost.on(backend).settings(file).set(Setting.HUB_NAME, "shop").connect()) {
      client.schedule(ORDER, "a lamp", StartOptions.id("order-17"));
    }
    // end
  }

  static String start(DurableClient client, Instant tomorrow) {
    // snippet start
    InstanceHandle<String> order =
        client.schedule(
            ORDER,
            "a lamp",
            StartOptions.id("order-17").withTags(Map.of("team", "a")).at(tomorrow));
    order.raise(APPROVED, true);
    return order.result(Duration.ofHours(30));
    // end
  }

  static InstancePage find(
      DurableClient client,
      Instant yesterday,
      Consumer<InstanceState> show,
      @Nullable String token) {
    // snippet find
    try (Stream<InstanceState> late =
        client.query(q -> q.status(RUNNING).createdTo(yesterday).tag("team", "a"))) {
      late.forEach(show);
    }
    InstancePage page = client.page(q -> q.prefix("order-").pageSize(50), token);
    // end
    return page;
  }

  static void batch(DurableClient client, Instant lastMonth) {
    // snippet batch
    Batch slice = Batch.ALL.within(Duration.ofSeconds(30));
    BatchResult r = client.purge(q -> q.createdTo(lastMonth), slice);
    while (!r.complete()) {
      r = client.purge(q -> q.createdTo(lastMonth), slice.from(r.next()));
    }
    // end
  }

  static void rewind(DurableClient client) {
    // snippet rewind
    try (Stream<InstanceState> failed = client.query(q -> q.status(FAILED).prefix("order-"))) {
      failed.forEach(s -> client.instance(s.id().value()).rewind("the shop answers again"));
    }
    // end
  }

  static void quarantine(DurableClient client, Consumer<Object> log, String id) {
    // snippet quarantine
    client
        .quarantined()
        .forEach(
            q -> log.accept(q.id() + ": " + q.name() + " of " + q.instance() + ", " + q.failure()));
    client.requeue(id); // back into its queue, count at zero; false when it is not set aside
    client.drop(id); // for good: the call fails, an instance whose start it was is terminated
    // end
  }
}
