package io.durable4j.azurestorage.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.format.Row;
import io.durable4j.client.Batch;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.InstanceQuery;
import io.durable4j.client.StartOptions;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where payloads stand that no column takes, how they are read, and when they go. */
class LargePayloadsTest {
  private static final OrchestratorRef<String, String> ECHO =
      OrchestratorRef.of("Echo", String.class, String.class);
  private static final EventRef<String> MORE = EventRef.of("more", String.class);
  private static final String LARGE = "x".repeat(80_000);

  /** Gives its input back, once it got more if it asks for that. */
  private static DurableClient echo(VirtualHub hub) {
    return hub.host(
            b ->
                b.orchestrator(
                    ECHO,
                    (ctx, in) ->
                        in.startsWith("ask") ? ctx.waitForExternalEvent(MORE).await() : in + "!"))
        .client();
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.columns().get(column));
  }

  @Test
  @Covers("AZ-32")
  void largeInputsAndOutputsStandInSmallerBlobs() {
    VirtualHub.run(
        hub -> {
          InstanceHandle<String> i = hub.client().schedule(ECHO, LARGE, StartOptions.id("large"));
          assertThat(hub.blobs())
              .as("the start, for the queue")
              .anyMatch(b -> b.matches("large/message-.*-ExecutionStarted\\.json\\.gz"));
          echo(hub);
          assertThat(i.result(VirtualHub.LONG)).isEqualTo(LARGE + "!");
          hub.drive.sleep(Duration.ofMinutes(1));
          Row row = hub.row("large");
          assertThat(text(row, "RuntimeStatus")).isEqualTo("Completed");
          assertThat(text(row, "Input")).startsWith("http").endsWith("-Input.json.gz");
          assertThat(text(row, "Output")).startsWith("http").endsWith("-Result.json.gz");
          for (String column : List.of("Input", "Output")) {
            String url = text(row, column);
            String name = url.substring(url.indexOf("/large/") + 1);
            assertThat(hub.blob(name).length).isBetween(1, LARGE.length() / 10);
          }
        });
  }

  @Test
  @Covers("AZ-33")
  void largePayloadsAreReadForOneAndForManyWhateverTheirIds() {
    VirtualHub.run(
        hub -> {
          DurableClient client = echo(hub);
          List<String> ids = List.of("a|b", "test|123:with white space", "a:b", "a/b#c?d%e");
          for (String id : ids) {
            String result =
                client.schedule(ECHO, id + LARGE, StartOptions.id(id)).result(VirtualHub.LONG);
            assertThat(result).isEqualTo(id + LARGE + "!");
          }
          Map<String, InstanceState> all =
              hub.client()
                  .query(InstanceQuery::withPayloads)
                  .collect(Collectors.toMap(s -> s.id().value(), s -> s));
          assertThat(all).containsOnlyKeys(ids);
          for (String id : ids) {
            InstanceState one = hub.client().instance(id).state();
            assertThat(one.start().input()).isEqualTo(new Payload("\"" + id + LARGE + "\""));
            assertThat(one.progress().output()).isEqualTo(new Payload("\"" + id + LARGE + "!\""));
            assertThat(all.get(id)).isEqualTo(one);
          }
        });
  }

  private static List<String> owners(VirtualHub hub) {
    return hub.blobs().stream().map(b -> b.substring(0, b.indexOf('/'))).distinct().toList();
  }

  @Test
  @Covers("AZ-36")
  void aPurgeByTimeAndStatusTakesAllBlobsOfWhatMatchesAndNoOthers() {
    VirtualHub.run(
        hub -> {
          DurableClient client = echo(hub);
          for (String id : List.of("old-1", "old-11", "ended")) {
            client.schedule(ECHO, LARGE, StartOptions.id(id)).result(VirtualHub.LONG);
          }
          client.schedule(ECHO, "ask" + LARGE, StartOptions.id("old-1-live"));
          InstanceHandle<String> dead =
              client.schedule(ECHO, "ask" + LARGE, StartOptions.id("old-dead"));
          hub.until("it waits", () -> !dead.state().progress().awaitedEvents().isEmpty());
          dead.terminate(LARGE);
          hub.until("it has ended", () -> dead.state().status().isTerminal());
          hub.drive.sleep(Duration.ofMinutes(1));
          var between = hub.drive.now();
          client.schedule(ECHO, LARGE, StartOptions.id("old-new")).result(VirtualHub.LONG);
          List<String> before = new ArrayList<>(owners(hub));
          assertThat(before)
              .containsExactlyInAnyOrder(
                  "old-1", "old-11", "ended", "old-1-live", "old-dead", "old-new");
          long purged =
              client
                  .purge(
                      q ->
                          q.prefix("old-").createdTo(between).status(OrchestrationStatus.COMPLETED),
                      Batch.ALL)
                  .done();
          assertThat(purged).isEqualTo(2);
          assertThat(owners(hub))
              .containsExactlyInAnyOrder("ended", "old-1-live", "old-dead", "old-new");
          assertThat(client.query(q -> q)).hasSize(4);
          purged = client.purge(q -> q.prefix("old-1"), Batch.ALL).done();
          assertThat(purged).as("again").isZero();
        });
  }

  @Test
  @Covers("AZ-36")
  void anActorThatGrewLeavesNoBlobWhenItIsPurged() {
    VirtualHub.run(
        hub -> {
          InstanceHandle<String> i =
              hub.host(
                      b ->
                          b.orchestrator(
                              ECHO,
                              (ctx, in) -> {
                                String more = ctx.waitForExternalEvent(MORE).await();
                                return more.isEmpty() ? in : ctx.continueAsNew(in + more);
                              }))
                  .client()
                  .schedule(ECHO, LARGE, StartOptions.id("actor"));
          for (int k = 0; k < 5; k++) {
            i.raise(MORE, LARGE);
          }
          i.raise(MORE, "");
          assertThat(i.result(VirtualHub.LONG)).hasSize(6 * LARGE.length());
          hub.drive.sleep(Duration.ofMinutes(2));
          assertThat(hub.blobs()).as("of the last generation").hasSizeBetween(2, 3);
          Row row = hub.row("actor");
          for (String column : List.of("Input", "Output")) {
            assertThat(hub.blobs())
                .anyMatch(b -> Objects.requireNonNull(text(row, column)).endsWith(b));
          }
          assertThat(i.purge()).isTrue();
          assertThat(hub.blobs()).isEmpty();
        });
  }
}
