package io.durable4j.replaytest;

import static io.durable4j.replaytest.EntityTalk.failure;
import static io.durable4j.replaytest.EntityTalk.granted;
import static io.durable4j.replaytest.EntityTalk.release;
import static io.durable4j.replaytest.EntityTalk.request;
import static io.durable4j.replaytest.EntityTalk.result;
import static io.durable4j.replaytest.EntityTalk.sent;
import static io.durable4j.replaytest.LockedAccounts.A;
import static io.durable4j.replaytest.LockedAccounts.B;
import static io.durable4j.replaytest.LockedAccounts.C;
import static io.durable4j.replaytest.LockedAccounts.GO;
import static io.durable4j.replaytest.LockedAccounts.add;
import static io.durable4j.replaytest.LockedAccounts.locked;
import static io.durable4j.replaytest.LockedAccounts.releases;
import static io.durable4j.replaytest.LockedAccounts.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.replay.EpisodeResult.ContinuedAsNew;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.CriticalSection;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.TaskFailedException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Critical sections: their locks and their end. */
class CriticalSectionTest {
  @Test
  void a_section_locks_runs_and_releases_in_order() {
    EntityId<Object> other = EntityId.named("abacus", "z");
    EpisodeDriver d =
        run(
            ctx -> {
              CriticalSection section = ctx.lock(B, A, other);
              assertThat(section.entities()).hasToString("[@abacus@z, @account@a, @account@b]");
              return section.call(() -> add(ctx, A, -5) + add(ctx, B, 5));
            });
    Request lock = request(d, 0);
    assertThat(sent(d, 0).instance().value()).isEqualTo("@abacus@z");
    assertThat(lock.operation()).isNull();
    assertThat(lock.stamp().timestamp()).isNotNull();
    assertThat(Objects.requireNonNull(lock.lock()).position()).isZero();
    assertThat(lock.lock().set()).hasToString("[@abacus@z, @account@a, @account@b]");
    assertThat(d.last().awaitedEvents()).isEmpty();
    d.episode(granted(d, 0));
    assertThat(request(d, 1).operation()).isEqualTo("add");
    d.episode(result(d, 1, "95"));
    assertThat(releases(d)).isEmpty();
    d.episode(result(d, 2, "105"));
    assertThat(d.output()).isEqualTo(200);
    assertThat(releases(d)).containsExactly("@abacus@z", "@account@a", "@account@b");
    assertThat(release(d, 4)).isEqualTo(new Release(EpisodeDriver.INSTANCE, lock.id()));
  }

  @Test
  void a_body_that_throws_gives_the_lock_back() {
    EpisodeDriver d =
        locked(
            ctx -> {
              add(ctx, A, 1);
              throw new java.io.IOException("own");
            });
    assertThat(d.episode(result(d, 1, "1")).failure().message()).isEqualTo("own");
    assertThat(releases(d)).containsExactly("@account@a", "@account@b");
  }

  @Test
  void a_failed_operation_leaves_the_section_like_any_exception() {
    EpisodeDriver d = locked(ctx -> add(ctx, A, 1));
    d.episode(failure(d, 1, FailureDetails.of("T", "why", false)));
    assertThat(d.failure().message()).contains("Operation add of @account@a (step 1)", "why");
    assertThat(releases(d)).hasSize(2);
  }

  @Test
  void waiting_inside_gives_nothing_back_whatever_the_code_makes_of_the_signal() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return ctx.lock(A, B)
                        .call(
                            () -> {
                              try {
                                return ctx.waitForExternalEvent(GO).await();
                              } catch (Throwable swallowed) {
                                return "gone on";
                              } finally {
                                ctx.newUuid();
                              }
                            });
                  } finally {
                    ctx.newUuid();
                  }
                })
            .begin();
    d.episode(granted(d, 0));
    d.episode();
    assertThat(releases(d)).isEmpty();
    assertThat(d.last().end()).isInstanceOf(Waiting.class);
    assertThat(d.raise("go", "on").output()).isEqualTo("on");
    assertThat(releases(d)).hasSize(2);
  }

  @Test
  void a_body_that_swallows_the_signal_and_returns_has_not_ended() {
    EpisodeDriver d =
        locked(
            ctx -> {
              try {
                return ctx.waitForExternalEvent(GO).await();
              } catch (Throwable swallowed) {
                return "gone on";
              }
            });
    assertThat(releases(d)).isEmpty();
    assertThat(d.last().end()).isInstanceOf(Waiting.class);
    assertThat(d.raise("go", "on").output()).isEqualTo("on");
    assertThat(releases(d)).hasSize(2);
  }

  @Test
  void waiting_for_the_lock_gives_nothing_back() {
    EpisodeDriver d = run(ctx -> ctx.lock(A, B).call(() -> "in"));
    d.episode();
    assertThat(d.last().end()).isInstanceOf(Waiting.class);
    assertThat(d.allActions()).hasSize(1);
    assertThat(d.episode(granted(d, 0)).output()).isEqualTo("in");
  }

  @Test
  void a_lock_that_fails_is_thrown_and_what_it_took_is_given_back() {
    EpisodeDriver d =
        run(
            ctx -> {
              try {
                return ctx.lock(A, B).call(() -> "in");
              } catch (TaskFailedException e) {
                return e.getMessage();
              }
            });
    d.episode(failure(d, 0, FailureDetails.of("T", "no way", false)));
    assertThat(String.valueOf(d.output()))
        .contains("Lock of [@account@a, @account@b] (step 0)", "no way");
    assertThat(releases(d)).containsExactly("@account@a", "@account@b");
  }

  @Test
  void the_end_waits_for_calls_that_are_under_way() {
    EpisodeDriver d =
        locked(
            ctx -> {
              ctx.async(() -> add(ctx, A, 1));
              ctx.async(() -> add(ctx, B, 1)).cancel();
              return "left";
            });
    d.episode(result(d, 1, "1"));
    assertThat(d.last().end()).isInstanceOf(Waiting.class);
    assertThat(releases(d)).isEmpty();
    assertThat(d.episode(result(d, 2, "1")).output()).isEqualTo("left");
    assertThat(releases(d)).hasSize(2);
  }

  @Test
  void sections_follow_each_other_and_stand_in_sagas() {
    EpisodeDriver d =
        run(
            ctx -> {
              CriticalSection section = ctx.lock(A);
              section.run(() -> add(ctx, A, 1));
              return ctx.saga(
                  s -> {
                    s.onFailure(() -> section.run(() -> add(ctx, A, -1)));
                    throw new IllegalStateException("undo");
                  });
            });
    d.episode(granted(d, 0)).episode(result(d, 1, "1"));
    assertThat(request(d, 3).id()).isNotEqualTo(request(d, 0).id());
    d.episode(granted(d, 3)).episode(result(d, 4, "0"));
    assertThat(release(d, 2).id()).isEqualTo(request(d, 0).id());
    assertThat(release(d, 5).id()).isEqualTo(request(d, 3).id());
    assertThat(d.failure().message()).isEqualTo("undo");
  }

  // --- locks that the engine took again

  @Test
  void the_release_names_the_lock_that_the_engine_took_again() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.lock(A, B).run(() -> ctx.waitForExternalEvent(GO).await());
              return ctx.lock(C).call(() -> "end");
            });
    String first = request(d, 0).id();
    String second = "22222222-2222-2222-2222-222222222222";
    String third = "33333333-3333-3333-3333-333333333333";
    d.episode(granted(d, 0));
    d.episode(again(first, second));
    d.episode(again(first, third), new GenericEvent("lock again"), new GenericEvent(null));
    d.episode(d.raised(third, "an answer to the engine, which is no event"), d.raised("go", "on"));
    assertThat(release(d, 1)).isEqualTo(new Release(EpisodeDriver.INSTANCE, third));
    assertThat(release(d, 2).id()).isEqualTo(third);
    d.episode(granted(d, 3));
    assertThat(release(d, 4).id()).as("another lock's").isEqualTo(request(d, 3).id());
    assertThat(d.output()).isEqualTo("end");
  }

  private static GenericEvent again(String first, String now) {
    return new GenericEvent("lock again " + first + " " + now);
  }

  @Test
  void an_answer_to_the_engine_does_not_go_over_to_the_next_generation() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.lock(A).run(() -> ctx.waitForExternalEvent(GO).await());
              return ctx.continueAsNew(null);
            });
    String again = "22222222-2222-2222-2222-222222222222";
    d.episode(granted(d, 0));
    d.episode(again(request(d, 0).id(), again), d.raised(again, "early"));
    d.episode(d.raised("go", "on"), d.raised(again, "late"));
    assertThat(d.last().end()).isInstanceOf(ContinuedAsNew.class);
    assertThat(((ContinuedAsNew) d.last().end()).carried()).isEmpty();
  }

  @Test
  void a_release_that_is_recorded_stays_what_it_was() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.lock(A).run(() -> {});
              return ctx.waitForExternalEvent(GO).await();
            });
    d.episode(granted(d, 0));
    d.episode(again(request(d, 0).id(), "44444444-4444-4444-4444-444444444444"));
    assertThat(d.raise("go", "on").output()).isEqualTo("on");
    assertThat(new InstanceId(A.instanceId())).isEqualTo(sent(d, 1).instance());
    assertThat(release(d, 1).id()).isEqualTo(request(d, 0).id());
  }
}
