package io.durable4j.inmemory.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.client.DurableClient;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.StartOptions;
import io.durable4j.entity.Entity;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs on the host of a test. */
@Timeout(20)
class HostTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final OrchestratorRef<Integer, Integer> COUNT =
      OrchestratorRef.of("Count", Integer.class, Integer.class);

  private static DurableTest asking(List<String> seen) {
    return DurableTest.with(
        h ->
            h.orchestrator(
                    Flows.ASK,
                    (ctx, in) -> {
                      var answer = ctx.waitForExternalEvent(Flows.ANSWER);
                      if (!answer.awaitFor(Duration.ofHours(72))) {
                        return ctx.callActivity(Flows.WORK, "late").await();
                      }
                      return ctx.callActivity(Flows.WORK, answer.await()).await();
                    })
                .activity(
                    Flows.WORK,
                    in -> {
                      seen.add(in);
                      return "did " + in;
                    }));
  }

  @Test
  void eventsWithoutTimeGoingBy() {
    List<String> seen = new ArrayList<>();
    try (DurableTest t = asking(seen)) {
      var instance = t.client().schedule(Flows.ASK, "x");
      t.runUntilIdle();
      assertThat(t.explain()).contains("Waits for event 'answer' since 2030-01-01T12:00:00Z");
      instance.raise(Flows.ANSWER, "yes");
      assertThat(instance.result(DAY)).isEqualTo("did yes");
      assertThat(t.clock().jumps()).isEmpty();
      assertThat(t.explain()).isEmpty();
      assertThat(seen).containsExactly("yes");
    }
  }

  @Test
  void aSeedIsARun() {
    assertThat(run(7)).isEqualTo(run(7));
    assertThat(run(7).subList(0, 1)).isNotEqualTo(run(8).subList(0, 1));
  }

  private static List<String> run(long seed) {
    List<String> seen = new ArrayList<>();
    try (DurableTest t =
        DurableTest.with(
            TestOptions.DEFAULT.seed(seed),
            h ->
                h.orchestrator(
                        COUNT,
                        (ctx, n) -> {
                          List<io.durable4j.orchestration.Task<String>> all = new ArrayList<>();
                          for (int i = 0; i < n; i++) {
                            all.add(ctx.callActivity(Flows.WORK, "" + i));
                          }
                          ctx.allOf(all).await();
                          return n;
                        })
                    .activity(
                        Flows.WORK,
                        in -> {
                          seen.add(in);
                          return in;
                        }))) {
      var instance = t.client().schedule(COUNT, 8);
      seen.add(instance.id());
      assertThat(instance.result(DAY)).isEqualTo(8);
    }
    return seen;
  }

  @Test
  void anActivityMayWaitForAnInstance() {
    DurableClient[] client = new DurableClient[1];
    try (DurableTest t =
        DurableTest.with(
            h ->
                h.orchestrator(
                        Flows.SLEEP,
                        (ctx, time) -> {
                          ctx.createTimer(time).await();
                          return "slept";
                        })
                    .orchestrator(Flows.ASK, (ctx, in) -> ctx.callActivity(Flows.WORK, in).await())
                    .activity(
                        Flows.WORK,
                        in ->
                            client[0]
                                .schedule(Flows.SLEEP, Duration.ofDays(3))
                                .result(Duration.ofDays(5))))) {
      client[0] = t.client();
      assertThat(t.client().schedule(Flows.ASK, "x").result(Duration.ofDays(9))).isEqualTo("slept");
      assertThat(t.clock().jumps()).hasSize(1);
    }
  }

  @Test
  void codeThatIsNotDeterministicFailsWithStepAndLine() {
    AtomicInteger runs = new AtomicInteger();
    try (DurableTest t =
        DurableTest.with(
            TestOptions.DEFAULT.withoutLastReplay(),
            h ->
                h.orchestrator(
                        Flows.ASK,
                        (ctx, in) -> {
                          String other = runs.getAndIncrement() == 0 ? "first" : "second";
                          ctx.callActivity(Flows.WORK, other).await();
                          return "done";
                        })
                    .activity(Flows.WORK, in -> in))) {
      var instance = t.client().schedule(Flows.ASK, "x");
      assertThatThrownBy(() -> instance.result(DAY))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("NonDeterminism")
          .hasMessageContaining("step 0. Recorded: activity 'Work' with [\"first\"]")
          .hasMessageContaining("Produced: activity 'Work' with [\"second\"]")
          .hasMessageContaining("HostTest");
    }
  }

  @Test
  void aMismatchFailsTheTestThoughNobodyAskedForTheResult() {
    AtomicInteger runs = new AtomicInteger();
    DurableTest t =
        DurableTest.with(
            h ->
                h.orchestrator(
                        Flows.ASK,
                        (ctx, in) ->
                            ctx.callActivity(Flows.WORK, "run " + runs.getAndIncrement()).await())
                    .activity(Flows.WORK, in -> in));
    t.client().schedule(Flows.ASK, "x");
    t.runUntilIdle();
    assertThatThrownBy(t::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Recorded: activity 'Work' with [\"run 0\"]")
        .hasMessageContaining("Produced: activity 'Work' with [\"run 1\"]");
  }

  @Test
  void theLastEpisodeOfAWaitingInstanceIsReplayedAtTheEnd() {
    AtomicInteger runs = new AtomicInteger();
    DurableTest t =
        DurableTest.with(
            h ->
                h.orchestrator(
                    Flows.ASK,
                    (ctx, in) -> {
                      ctx.createTimer(Duration.ofDays(1 + runs.getAndIncrement())).await();
                      return in;
                    }));
    t.client().schedule(Flows.ASK, "x", StartOptions.id("waits"));
    t.runUntilIdle();
    assertThat(runs).hasValue(1);
    assertThatThrownBy(t::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Instance waits of Ask: replayed once more")
        .hasMessageContaining("at step 0. Recorded: ")
        .hasMessageContaining("HostTest.java");
  }

  @Test
  void soIsThatOfAFinishedOne() {
    AtomicInteger runs = new AtomicInteger();
    DurableTest t =
        DurableTest.with(
            h -> h.orchestrator(Flows.ASK, (ctx, in) -> "run " + runs.getAndIncrement()));
    assertThat(t.client().schedule(Flows.ASK, "x").result(DAY)).isEqualTo("run 0");
    assertThatThrownBy(t::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Recorded: the end, COMPLETED with \"run 0\"")
        .hasMessageContaining("Produced: the end, COMPLETED with \"run ");
  }

  @Test
  void anUnknownActivityFailsTheInstance() {
    try (DurableTest t =
        DurableTest.with(
            h ->
                h.orchestrator(Flows.ASK, (ctx, in) -> ctx.callActivity(Flows.WORK, in).await()))) {
      var instance = t.client().schedule(Flows.ASK, "x");
      assertThatThrownBy(() -> instance.result(DAY))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("Work");
    }
  }

  /** A number by name. */
  public interface Counter {
    int add(int n);

    /** Its code. */
    final class Code extends Entity<Integer> implements Counter {
      @Override
      protected Integer initialState() {
        return 0;
      }

      @Override
      public int add(int n) {
        state += n;
        return state;
      }
    }
  }

  @Test
  void entities() {
    EntityId<Counter> id = EntityId.of(Counter.class, "a");
    try (DurableTest t = DurableTest.with(h -> h.entity(Counter.class, Counter.Code::new))) {
      t.client().signal(id, c -> c.add(2));
      t.client().signal(id, c -> c.add(3));
      t.runUntilIdle();
      assertThat(t.client().entityState(id, Integer.class)).contains(5);
      assertThat(t.clock().jumps()).isEmpty();
    }
  }

  @Test
  void closingWithThingsUnderWay() {
    DurableTest t = asking(new ArrayList<>());
    for (int i = 0; i < 20; i++) {
      t.client().schedule(Flows.ASK, UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString());
    }
    t.close();
  }
}
