package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.TypeRef;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks of calls that have ended serve one warm episode after the other. */
class KeptTasksTest {
  private static final ActivityRef<Object, String> ECHO =
      ActivityRef.of("Echo", Object.class, String.class);
  private static final EventRef<String> GO = EventRef.of("Go", String.class);

  @Test
  void the_task_of_a_recorded_call_serves_one_episode_after_the_other() {
    List<Task<String>> tasks = new ArrayList<>();
    List<String> told = new ArrayList<>();
    boolean[] calledBack = {false};
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> first = ctx.callActivity(ECHO, 1);
                  Task<String> second = ctx.callActivity(ECHO, 2);
                  tasks.add(first);
                  told.add(first.isDone() + " " + first);
                  if (calledBack[0]) {
                    first.thenApply(a -> told.add("then " + a));
                  }
                  told.add(second.await() + " " + first.isDone());
                  told.add(first.await() + first.outcome().get());
                  return ctx.waitForExternalEvent(GO).await();
                })
            .warm()
            .withoutReplays()
            .begin()
            .complete(1, "b")
            .complete(0, "a");
    Task<String> kept = tasks.get(2);
    assertThat(tasks).as("nothing is kept before it ends").hasSize(3).doesNotHaveDuplicates();
    for (int i = 0; i < 2; i++) {
      told.clear();
      d.replay();
      assertThat(told).containsExactly("false Activity Echo (step 0) PENDING", "b false", "aa");
    }
    calledBack[0] = true;
    for (int i = 0; i < 2; i++) {
      told.clear();
      d.replay();
      assertThat(told)
          .containsExactly("false Activity Echo (step 0) PENDING", "b false", "then a", "aa");
    }
    assertThat(tasks.subList(3, 7)).allMatch(t -> t == kept);
    assertThat(d.raise("Go", "!").output()).isEqualTo("!");
  }

  @Test
  void a_task_that_calls_back_is_made_anew_for_each_episode() {
    List<Task<String>> tasks = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> one = ctx.callActivity(ECHO, 1);
                  tasks.add(one);
                  return one.thenApply(a -> a + "!").await()
                      + one.await()
                      + ctx.waitForExternalEvent(GO).await();
                })
            .warm()
            .withoutReplays()
            .begin()
            .complete(0, "a");
    d.replay();
    d.replay();
    assertThat(tasks).hasSize(4).doesNotHaveDuplicates();
    assertThat(d.raise("Go", "?").output()).isEqualTo("a!a?");
  }

  @Test
  void a_task_that_is_cancelled_in_one_episode_is_none_in_the_next() {
    List<String> told = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> dropped = ctx.callActivity(ECHO, 1);
                  Task<String> failing = ctx.callActivity(ECHO, 2);
                  ctx.callActivity(ECHO, 3).await();
                  told.add(dropped + "");
                  dropped.cancel();
                  told.add(dropped + " " + failing.outcome().isOk());
                  return ctx.waitForExternalEvent(GO).await();
                })
            .warm()
            .withoutReplays()
            .begin()
            .complete(2, "c")
            .fail(1, "no");
    for (int i = 0; i < 3; i++) {
      told.clear();
      d.replay();
      assertThat(told)
          .containsExactly(
              "Activity Echo (step 0) PENDING", "Activity Echo (step 0) CANCELLED false");
    }
    assertThat(d.raise("Go", "!").output()).isEqualTo("!");
  }

  @Test
  void the_same_call_in_another_form_gives_what_that_form_says() {
    List<Object> seen = new ArrayList<>();
    TypeRef<?>[] form = {TypeRef.of(Integer.class)};
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  seen.add(
                      ctx.callActivity(
                              ActivityRef.of("Get", TypeRef.of(Object.class), form[0]), "x")
                          .await());
                  return ctx.waitForExternalEvent(GO).await();
                })
            .warm()
            .withoutReplays()
            .begin()
            .complete(0, 7);
    d.replay();
    form[0] = TypeRef.of(Long.class);
    d.replay();
    d.replay();
    form[0] = TypeRef.of(Integer.class);
    d.replay();
    assertThat(seen).containsExactly(7, 7, 7L, 7L, 7);
  }

  @Test
  void a_task_is_of_no_use_while_its_orchestrator_does_not_run() {
    List<Task<String>> tasks = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  tasks.add(ctx.callActivity(ECHO, 1));
                  return tasks.get(tasks.size() - 1).await() + ctx.waitForExternalEvent(GO).await();
                })
            .warm()
            .withoutReplays()
            .begin()
            .complete(0, "a");
    d.replay();
    assertThat(tasks)
        .hasSize(3)
        .allSatisfy(
            t ->
                assertThatThrownBy(t::await)
                    .isInstanceOf(OrchestratorRuleException.class)
                    .hasMessageContaining("while its orchestrator did not run"));
    assertThat(d.raise("Go", "!").output()).isEqualTo("a!");
  }
}
