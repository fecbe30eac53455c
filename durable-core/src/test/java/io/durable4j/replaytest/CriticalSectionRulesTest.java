package io.durable4j.replaytest;

import static io.durable4j.replaytest.EntityTalk.brokenRule;
import static io.durable4j.replaytest.EntityTalk.granted;
import static io.durable4j.replaytest.EntityTalk.result;
import static io.durable4j.replaytest.LockedAccounts.A;
import static io.durable4j.replaytest.LockedAccounts.B;
import static io.durable4j.replaytest.LockedAccounts.C;
import static io.durable4j.replaytest.LockedAccounts.GO;
import static io.durable4j.replaytest.LockedAccounts.add;
import static io.durable4j.replaytest.LockedAccounts.locked;
import static io.durable4j.replaytest.LockedAccounts.releases;
import static io.durable4j.replaytest.LockedAccounts.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.CriticalSection;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.Task;
import io.durable4j.replaytest.LockedAccounts.Account;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What code may do inside a critical section, and what not. */
class CriticalSectionRulesTest {
  interface Shop {
    String buy(String what);
  }

  private static final OrchestratorRef<Integer, String> CHILD =
      OrchestratorRef.of("Child", Integer.class, String.class);

  private static String refused(EpisodeDriver.Flow body) {
    EpisodeDriver d = locked(body);
    String message = brokenRule(d);
    assertThat(releases(d)).as("the section ends").hasSize(2);
    return message;
  }

  @Test
  void only_held_entities_are_called() {
    assertThat(refused(ctx -> add(ctx, C, 1)))
        .contains("@account@c was called", "[@account@a, @account@b]", "Give it to ctx.lock too");
    assertThat(refused(ctx -> ctx.callEntity(C, "add", 1, Integer.class).await()))
        .contains("@account@c was called");
  }

  @Test
  void an_entity_takes_one_call_at_a_time() {
    EpisodeDriver d =
        locked(
            ctx -> {
              ctx.async(() -> add(ctx, A, 1));
              ctx.async(() -> add(ctx, B, 1));
              return add(ctx, A, 2);
            });
    assertThat(d.last().end()).as("waits for both first").isInstanceOf(Waiting.class);
    d.episode(result(d, 2, "1"), result(d, 1, "1"));
    assertThat(brokenRule(d))
        .contains("@account@a was called while its operation add is under way", "Await");
    assertThat(releases(d)).hasSize(2);
  }

  @Test
  void a_refused_call_is_not_under_way() {
    EpisodeDriver d =
        run(
            ctx ->
                ctx.lock(A)
                    .call(
                        () -> {
                          try {
                            ctx.callEntity(A, "take", "x".repeat(2_000), Object.class);
                          } catch (io.durable4j.data.PayloadException e) {
                            return add(ctx, A, 2);
                          }
                          return "not refused";
                        }));
    EpisodeDriver small =
        EpisodeDriver.of(
                ctx ->
                    ctx.lock(A)
                        .call(
                            () -> {
                              try {
                                ctx.callEntity(A, "take", "x".repeat(2_000), Object.class);
                              } catch (io.durable4j.data.PayloadException e) {
                                return add(ctx, A, 2);
                              }
                              return "not refused";
                            }))
            .maxPayload(1_000)
            .begin();
    small.episode(granted(small, 0)).episode(result(small, 1, "2"));
    assertThat(small.output()).isEqualTo(2);
    assertThat(d.allActions()).hasSize(1);
  }

  @Test
  void held_entities_are_not_signalled_and_others_may_be() {
    assertThat(refused(ctx -> signalled(ctx, A))).contains("@account@a was signalled", "call it");
    assertThat(
            refused(
                ctx -> {
                  ctx.signalEntity(EpisodeDriver.BEGIN, A, "add", 1);
                  return "";
                }))
        .contains("@account@a was signalled");
    assertThat(locked(ctx -> signalled(ctx, C)).output()).isEqualTo("signalled");
  }

  private static Object signalled(OrchestrationContext ctx, EntityId<Account> id) {
    ctx.signal(() -> ctx.entity(id).add(1));
    return "signalled";
  }

  @Test
  void sections_do_not_nest() {
    assertThat(refused(ctx -> ctx.lock(C))).contains("ctx.lock was used", "do not nest");
    EpisodeDriver d =
        run(
            ctx -> {
              CriticalSection later = ctx.lock(C);
              return ctx.lock(A).call(() -> later.call(() -> "nested"));
            });
    assertThat(brokenRule(d.episode(granted(d, 0)))).contains("do not nest");
    assertThat(releases(d)).containsExactly("@account@a");
  }

  @Test
  void no_orchestration_is_started_and_nothing_continued_as_new() {
    assertThat(refused(ctx -> ctx.callSubOrchestrator(CHILD, 1).await()))
        .contains("A sub-orchestration was called", "before or after the section");
    assertThat(refused(ctx -> ctx.startOrchestrator(CHILD, 1, CallOptions.DEFAULT)))
        .contains("An orchestration was started");
    assertThat(refused(ctx -> ctx.continueAsNew(null))).contains("Continue-as-new");
  }

  @Test
  void after_the_section_all_is_allowed_again() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.lock(A).run(() -> {});
              ctx.signal(() -> ctx.entity(A).add(1));
              ctx.startOrchestrator(CHILD, 1, CallOptions.DEFAULT);
              return add(ctx, C, 1);
            });
    d.episode(granted(d, 0)).episode(result(d, 4, "1"));
    assertThat(d.output()).isEqualTo(1);
  }

  @Test
  void activities_timers_and_events_are_allowed_inside() {
    EpisodeDriver d =
        locked(
            ctx -> {
              String bought = ctx.activities(Shop.class).buy("tea");
              ctx.sleep(Duration.ofSeconds(5));
              ctx.sendEvent("other", GO, "x");
              return bought + ctx.waitForExternalEvent(GO).await();
            });
    d.complete(1, "tea").fire(2).raise("go", "!");
    assertThat(d.output()).isEqualTo("tea!");
    assertThat(d.allActions().get(1)).isInstanceOf(TaskScheduled.class);
  }

  @Test
  void a_callback_locks_nothing() {
    EpisodeDriver d =
        run(ctx -> ctx.waitForExternalEvent(GO).thenApply(v -> ctx.lock(A).call(() -> v)).await());
    assertThat(d.raise("go", "on").failure().message()).contains("ctx.lock", "callback");
    EpisodeDriver made =
        run(
            ctx -> {
              CriticalSection section = ctx.lock(A);
              return ctx.waitForExternalEvent(GO).thenApply(v -> section.call(() -> v)).await();
            });
    assertThat(made.raise("go", "on").failure().message()).contains("ctx.lock", "callback");
    assertThat(made.allActions()).noneMatch(EventSent.class::isInstance);
  }

  @Test
  void the_rules_hold_in_a_fan_out() {
    EpisodeDriver d =
        locked(
            ctx ->
                ctx
                    .fanOut(List.of(A, C, B), 3, id -> ctx.callEntity(id, "add", 1, Integer.class))
                    .await()
                    .stream()
                    .map(o -> o instanceof Outcome.Ok<Integer> ok ? "" + ok.value() : "refused")
                    .toList());
    d.episode(result(d, 1, "1"), result(d, 2, "2"));
    assertThat(d.output()).isEqualTo(List.of("1", "refused", "2"));
  }

  @Test
  void nothing_is_called_between_the_request_and_the_grant() {
    EpisodeDriver d =
        run(
            ctx -> {
              Task<Integer> chained =
                  ctx.waitForExternalEvent(GO)
                      .thenCompose(v -> ctx.callEntity(A, "add", 1, Integer.class));
              ctx.lock(A).run(() -> {});
              return chained.await();
            });
    d.raise("go", "on").episode(granted(d, 0));
    assertThat(d.failure().message()).contains("@account@a was called", "has not begun yet");
  }

  @Test
  void a_set_is_one_to_a_hundred_entities_each_once() {
    assertThat(brokenRule(run(ctx -> ctx.lock()))).contains("no entity");
    assertThat(brokenRule(run(ctx -> ctx.lock(A, B, EntityId.named("ACCOUNT", "a")))))
        .contains("@account@a twice");
    assertThat(brokenRule(run(ctx -> ctx.lock(many(101))))).contains("101", "the limit is 100");
    assertThat(run(ctx -> ctx.lock(many(100)).entities().size()).output()).isEqualTo(100);
  }

  private static EntityId<?>[] many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> EntityId.named("account", "k" + i))
        .toArray(EntityId<?>[]::new);
  }
}
