package io.durable4j.azurestorage.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceFinishedException;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.fixtures.Covers;
import io.durable4j.fixtures.storage.Hooks;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What instances do, and what tools and clients are shown of it. */
class InstancesTest {
  private static final OrchestratorRef<Integer, String> FLOW =
      OrchestratorRef.of("Flow", Integer.class, String.class);
  private static final ActivityRef<Integer, Integer> WORK =
      ActivityRef.of("Work", Integer.class, Integer.class);
  private static final EventRef<String> GO = EventRef.of("go", String.class);

  /** A flow that waits for an event, then for an activity. */
  private static void waits(DurableHost.Builder b) {
    b.activity(WORK, n -> n * 2)
        .orchestrator(
            FLOW,
            (ctx, n) ->
                ctx.waitForExternalEvent(GO).await() + " " + ctx.callActivity(WORK, n).await());
  }

  private static void untilItWaits(VirtualHub hub, InstanceHandle<?> i)
      throws InterruptedException {
    hub.until("it waits", () -> !i.state().progress().awaitedEvents().isEmpty());
  }

  private static Object shown(VirtualHub hub, String id) {
    return hub.row(id).columns().get("RuntimeStatus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "warm"})
  @Covers("AZ-13")
  void aTurnThatIsSlowerThanItsLeaseIsRenewedAndRunsOnce(String sessions) {
    VirtualHub.run(
        hub -> {
          AtomicInteger runs = new AtomicInteger();
          List<String> got = new ArrayList<>();
          Hooks hooks =
              new Hooks() {
                @Override
                public void received(QueueId queue, Receive how, Received received) {
                  received.deliveries().forEach(d -> got.add(d.message().event().body().kind()));
                }
              };
          InstanceHandle<String> i =
              hub.host(
                      "w",
                      hooks,
                      b ->
                          b.set(Setting.SESSIONS, sessions)
                              .set(Setting.LEASE, "PT10S")
                              .set(Setting.EPISODE_TIMEOUT, "PT10M")
                              .orchestrator(
                                  FLOW,
                                  (ctx, n) -> {
                                    runs.incrementAndGet();
                                    hub.drive.sleep(Duration.ofSeconds(95));
                                    return "slow";
                                  }))
                  .client()
                  .schedule(FLOW, 1);
          assertThat(i.result(VirtualHub.LONG)).isEqualTo("slow");
          hub.drive.sleep(Duration.ofMinutes(2));
          assertThat(runs).hasValue(1);
          assertThat(got).containsExactly("ExecutionStarted");
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "SUSPENDED", "PENDING"})
  @Covers("AZ-18")
  void whateverAnInstanceDoesALargeReasonEndsIt(OrchestrationStatus was) {
    VirtualHub.run(
        hub -> {
          AtomicInteger runs = new AtomicInteger();
          DurableClient client =
              hub.host(
                      b ->
                          b.orchestrator(
                              FLOW,
                              (ctx, n) -> {
                                runs.incrementAndGet();
                                return ctx.waitForExternalEvent(GO).await();
                              }))
                  .client();
          StartOptions options = StartOptions.id("i");
          boolean later = was == OrchestrationStatus.PENDING;
          Instant due = hub.drive.now().plus(Duration.ofMinutes(10));
          InstanceHandle<String> i = client.schedule(FLOW, 1, later ? options.at(due) : options);
          if (!later) {
            untilItWaits(hub, i);
          }
          if (was == OrchestrationStatus.SUSPENDED) {
            i.suspend("hold");
          }
          hub.until("it is " + was, () -> i.state().status() == was);
          int before = runs.get();
          String reason = "because ".repeat(9_000);
          i.terminate(reason);
          assertThatThrownBy(() -> i.result(Duration.ofMinutes(5))).hasMessageContaining(reason);
          hub.drive.sleep(Duration.ofHours(1));
          assertThat(i.state().status()).isEqualTo(OrchestrationStatus.TERMINATED);
          assertThat(shown(hub, "i")).isEqualTo("Terminated");
          assertThat(runs).as("never starts later").hasValue(before);
          assertThat(hub.waiting()).containsOnly(0L);
        });
  }

  @Test
  @Covers("AZ-19")
  void suspendAndResumeAreShown() {
    VirtualHub.run(
        hub -> {
          InstanceHandle<String> i =
              hub.host(InstancesTest::waits).client().schedule(FLOW, 1, StartOptions.id("i"));
          untilItWaits(hub, i);
          i.suspend("for a while");
          hub.until("it is suspended", () -> shown(hub, "i").equals("Suspended"));
          assertThat(i.state().status()).isEqualTo(OrchestrationStatus.SUSPENDED);
          assertThat(i.explain()).contains("Suspended since").contains("for a while");
          i.resume("go on");
          hub.until("it runs", () -> shown(hub, "i").equals("Running"));
          assertThat(i.state().status()).isEqualTo(OrchestrationStatus.RUNNING);
          assertThat(i.explain()).doesNotContain("Suspended");
          i.raise(GO, "went");
          assertThat(i.result(VirtualHub.LONG)).isEqualTo("went 2");
        });
  }

  @Test
  @Covers("AZ-21")
  void aHundredRunAtOnceAndEachActivityOnce() {
    VirtualHub.run(
        hub -> {
          Map<Integer, Integer> ran = new TreeMap<>();
          DurableClient client =
              hub.host(
                      b ->
                          b.set(Setting.ORCHESTRATIONS_MAX, "100")
                              .set(Setting.ACTIVITIES_MAX, "100")
                              .activity(
                                  WORK,
                                  n -> {
                                    ran.merge(n, 1, Integer::sum);
                                    hub.drive.sleep(Duration.ofMinutes(1));
                                    return n;
                                  })
                              .orchestrator(
                                  FLOW,
                                  (ctx, n) ->
                                      ctx.callActivity(WORK, n).await()
                                          + " "
                                          + ctx.callActivity(WORK, n + 1_000).await()))
                  .client();
          Instant begun = hub.drive.now();
          List<InstanceHandle<String>> all =
              IntStream.range(0, 100)
                  .mapToObj(n -> client.schedule(FLOW, n, StartOptions.id("i" + n)))
                  .toList();
          for (int n = 0; n < 100; n++) {
            assertThat(all.get(n).result(VirtualHub.LONG)).isEqualTo(n + " " + (n + 1_000));
          }
          assertThat(hub.since(begun)).as("at once").isLessThan(Duration.ofMinutes(4));
          assertThat(ran).hasSize(200);
          assertThat(ran.values()).containsOnly(1);
        });
  }

  @Test
  @Covers("AZ-24")
  void anInstanceThatIsCreatedAgainWhileEventsArriveIsAnotherExecution() {
    VirtualHub.run(
        hub -> {
          DurableClient client = hub.host(InstancesTest::waits).client();
          StartOptions same = StartOptions.id("same").replacingFinished();
          Set<ExecutionId> executions = new LinkedHashSet<>();
          AtomicInteger raised = new AtomicInteger();
          InstanceHandle<String> i = client.schedule(FLOW, 1, same);
          executions.add(i.state().execution());
          for (int round = 1; round <= 10; round++) {
            hub.drive.work("raising", () -> raise(hub, i, raised));
            i.terminate("again");
            hub.until("it has ended", () -> i.state().status().isTerminal());
            client.schedule(FLOW, 1, same);
            assertThat(executions.add(i.state().execution())).as("round " + round).isTrue();
            int all = round * 10;
            hub.until("all were raised", () -> raised.get() == all);
          }
          i.raise(GO, "last");
          assertThat(i.result(VirtualHub.LONG)).endsWith(" 2");
          assertThat(executions).hasSize(11).endsWith(i.state().execution());
          assertThat(hub.history("same"))
              .filteredOn(e -> e.body() instanceof EventBody.ExecutionStarted)
              .hasSize(1);
        });
  }

  private static void raise(VirtualHub hub, InstanceHandle<String> i, AtomicInteger raised) {
    for (int k = 0; k < 10; k++) {
      try {
        i.raise(GO, "event " + k);
        hub.drive.sleep(Duration.ofMillis(20));
      } catch (InstanceFinishedException e) {
        // it was terminated a moment ago
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      raised.incrementAndGet();
    }
  }

  @Test
  @Covers("AZ-28")
  void whatIsOfAnotherVersionIsRejectedWithoutAHistoryOrFails() {
    for (String mismatch : List.of("reject", "fail")) {
      VirtualHub.run(
          hub -> {
            DurableClient client =
                hub.host(
                        b -> {
                          b.set(Setting.VERSION, "1")
                              .set(Setting.VERSION_MATCH, "strict")
                              .set(Setting.VERSION_MISMATCH, mismatch);
                          waits(b);
                        })
                    .client();
            InstanceHandle<String> i =
                client.schedule(FLOW, 1, StartOptions.id("i").withVersion("2"));
            hub.drive.sleep(Duration.ofMinutes(30));
            if (mismatch.equals("fail")) {
              assertThat(shown(hub, "i")).isEqualTo("Failed");
              assertThatThrownBy(() -> i.result(Duration.ofMinutes(1)))
                  .hasMessageContaining("VersionMismatch");
            } else {
              assertThat(shown(hub, "i")).isEqualTo("Pending");
              assertThat(i.state().status()).isEqualTo(OrchestrationStatus.PENDING);
              assertThat(hub.history("i")).isEmpty();
            }
          });
    }
  }

  @Test
  @Covers("AZ-29")
  void largeTagsAreShownOrRefusedBeforeAnythingBegins() {
    VirtualHub.run(
        hub -> {
          DurableClient client = hub.host(InstancesTest::waits).client();
          Map<String, String> tags = Map.of("large", "t".repeat(30_000), "small", "s");
          InstanceHandle<String> i = client.schedule(FLOW, 1, StartOptions.id("i").withTags(tags));
          i.raise(GO, "went");
          assertThat(i.result(VirtualHub.LONG)).isEqualTo("went 2");
          assertThat(i.state().start().tags()).isEqualTo(tags);
          assertThat(client.query(q -> q.tag("small", "s"))).hasSize(1);
          Map<String, String> more = Map.of("large", "t".repeat(70_000));
          assertThatThrownBy(() -> client.schedule(FLOW, 1, StartOptions.id("more").withTags(more)))
              .isInstanceOf(PayloadException.class)
              .hasMessageContaining("tags")
              .hasMessageContaining("more");
          assertThat(client.instance("more").find()).isEmpty();
          assertThat(hub.waiting()).containsOnly(0L);
        });
  }

  @Test
  @Covers("AZ-43")
  void aResultForNobodyIsDroppedInTheEnd() {
    VirtualHub.run(
        hub -> {
          DurableClient client = hub.host(InstancesTest::waits).client();
          hub.send("nobody", new EventBody.TaskCompleted(0, null, new Payload("1")));
          hub.drive.sleep(Duration.ofMinutes(5));
          assertThat(hub.waiting()).as("its instance may be about to be stored").contains(1L);
          hub.drive.sleep(Duration.ofHours(2));
          assertThat(hub.waiting()).containsOnly(0L);
          assertThat(client.instance("nobody").find()).isEmpty();
          assertThat(client.quarantined()).isEmpty();
        });
  }

  @Test
  @Covers("AZ-44")
  void aResultThatNobodyAskedForWaitsAndTheRightOneIsDelivered() {
    VirtualHub.run(
        hub -> {
          InstanceHandle<String> i =
              hub.host(InstancesTest::waits).client().schedule(FLOW, 21, StartOptions.id("i"));
          untilItWaits(hub, i);
          hub.send("i", new EventBody.TaskCompleted(99, null, new Payload("666")));
          hub.drive.sleep(Duration.ofMinutes(10));
          assertThat(hub.waiting()).contains(1L);
          assertThat(hub.history("i")).noneMatch(e -> e.body() instanceof EventBody.TaskCompleted);
          i.raise(GO, "went");
          assertThat(i.result(VirtualHub.LONG)).isEqualTo("went 42");
          assertThat(hub.history("i"))
              .filteredOn(e -> e.body() instanceof EventBody.TaskCompleted)
              .hasSize(1);
          hub.drive.sleep(Duration.ofHours(1));
          assertThat(hub.waiting()).containsOnly(0L);
        });
  }

  @Test
  @Covers("AZ-50")
  void instancesAndMessagesSpreadOverAllPartitions() {
    VirtualHub.run(
        hub -> {
          DurableClient client = hub.client();
          List<InstanceHandle<String>> all =
              IntStream.range(0, 80)
                  .mapToObj(n -> client.schedule(FLOW, n, StartOptions.id("i" + n)))
                  .toList();
          assertThat(hub.waiting()).allSatisfy(n -> assertThat(n).isBetween(8L, 40L));
          all.forEach(i -> i.raise(GO, "went"));
          assertThat(hub.waiting().stream().mapToLong(n -> n).sum()).isEqualTo(160);
          assertThat(hub.waiting()).allSatisfy(n -> assertThat(n).isBetween(16L, 80L));
          hub.host(InstancesTest::waits);
          for (int n = 0; n < all.size(); n++) {
            assertThat(all.get(n).result(VirtualHub.LONG)).isEqualTo("went " + 2 * n);
          }
        });
  }
}
