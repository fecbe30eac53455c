package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of the code while instances are on their way. */
class PatchesTest {
  private static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);

  private static String work(OrchestrationContext ctx, String what) {
    return ctx.callActivity(WORK, what).await();
  }

  private static String former(OrchestrationContext ctx, String in) {
    return work(ctx, "a") + work(ctx, "b") + work(ctx, "c");
  }

  private static String changed(OrchestrationContext ctx, String in) {
    String first = work(ctx, "a");
    String second = ctx.patched("new-b") ? work(ctx, "B1") + work(ctx, "B2") : work(ctx, "b");
    return first + second + work(ctx, "c");
  }

  private static String cleaned(OrchestrationContext ctx, String in) {
    return work(ctx, "a") + work(ctx, "B1") + work(ctx, "B2") + work(ctx, "c");
  }

  private final List<Orchestrator<String, String>> code = new ArrayList<>();

  private EpisodeDriver deployed(Orchestrator<String, String> first) {
    code.add(first);
    return EpisodeDriver.of(
            String.class, String.class, "in", (ctx, in) -> code.get(code.size() - 1).run(ctx, in))
        .replaying();
  }

  private static String input(EventBody action) {
    return ((TaskScheduled) action).input().text();
  }

  @Test
  void a_new_instance_goes_the_new_way_and_a_mark_without_a_number_says_so() {
    EpisodeDriver d = deployed(PatchesTest::changed).begin().complete(0, "a");
    assertThat(d.actions()).hasSize(2).first().isEqualTo(new GenericEvent("patched:new-b"));
    assertThat(d.openSteps()).containsExactly(1);
    d.complete(1, "x").complete(2, "y").complete(3, "z");
    assertThat(d.output()).isEqualTo("axyz");
    EpisodeResult cleaned = d.replay(String.class, String.class, PatchesTest::cleaned);
    assertThat(cleaned.end()).as("who no longer asks").isInstanceOf(EpisodeResult.Finished.class);
  }

  @Test
  void an_instance_that_went_past_the_place_keeps_the_former_way() {
    EpisodeDriver d = deployed(PatchesTest::former).begin().complete(0, "a");
    code.add(PatchesTest::changed);
    d.complete(1, "b");
    assertThat(d.actions()).singleElement().extracting(PatchesTest::input).isEqualTo("[\"c\"]");
    d.complete(2, "c");
    assertThat(d.output()).isEqualTo("abc");
    EpisodeResult cleaned = d.replay(String.class, String.class, PatchesTest::cleaned);
    assertThat(cleaned.end())
        .as("cleaned up too early")
        .isInstanceOfSatisfying(
            EpisodeResult.Blocked.class, b -> assertThat(b.nonDeterministic()).isTrue());
  }

  @Test
  void an_instance_that_has_not_come_to_the_place_goes_the_new_way() {
    EpisodeDriver d = deployed(PatchesTest::former).begin();
    code.add(PatchesTest::changed);
    d.complete(0, "a");
    assertThat(d.actions()).hasSize(2);
    d.complete(1, "x").complete(2, "y").complete(3, "z");
    assertThat(d.output()).isEqualTo("axyz");
  }

  @Test
  void the_first_answer_holds_for_the_whole_execution() {
    Orchestrator<String, String> loop =
        (ctx, in) -> work(ctx, "1") + work(ctx, "2") + work(ctx, "3");
    Orchestrator<String, String> asking =
        (ctx, in) -> {
          StringBuilder all = new StringBuilder();
          for (int i = 1; i <= 3; i++) {
            all.append(ctx.patched("p") ? "new" : "old").append(work(ctx, "" + i));
          }
          return all.toString();
        };
    EpisodeDriver old = deployed(loop).begin();
    code.add(asking);
    old.complete(0, "1").complete(1, "2").complete(2, "3");
    assertThat(old.output()).as("asked in a replayed episode first").isEqualTo("old1old2old3");
    EpisodeDriver fresh =
        deployed(asking).begin().complete(0, "1").complete(1, "2").complete(2, "3");
    assertThat(fresh.output()).isEqualTo("new1new2new3");
    assertThat(fresh.episodeEvents(0).stream().filter(e -> e.body() instanceof GenericEvent))
        .as("one mark")
        .hasSize(1);
    assertThat(fresh.episodeEvents(1)).noneMatch(e -> e.body() instanceof GenericEvent);
  }

  @Test
  void changes_are_told_apart_and_an_id_is_needed() {
    EpisodeDriver d =
        EpisodeDriver.of(
            ctx -> {
              boolean one = ctx.patched("one");
              work(ctx, "x");
              boolean two = ctx.patched("two");
              try {
                ctx.patched(" ");
                return "taken";
              } catch (IllegalArgumentException e) {
                return one + " " + two;
              }
            });
    d.begin().complete(0, "x");
    assertThat(d.output()).isEqualTo("true true");
  }

  @Test
  void an_episode_that_was_not_committed_decides_the_same_again() {
    EpisodeDriver d = deployed(PatchesTest::changed).begin().complete(0, "a");
    assertThat(d.rerun(1).actions()).isEqualTo(d.last().actions());
  }
}
