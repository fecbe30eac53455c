package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps inside the turn, and payloads that do not read or write. */
class StepsAndPayloadsTest {
  private static final ActivityRef<Object, Integer> WORK =
      ActivityRef.of("Work", Object.class, Integer.class);

  /** Cannot be written. */
  static final class Opaque {
    public String getSecret() {
      throw new UnsupportedOperationException("secret");
    }
  }

  interface Shop {
    int count(String item);
  }

  @Test
  void one_new_step_an_episode() {
    List<String> ran = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  String a = ctx.step("a", String.class, () -> note(ran, "a"));
                  String b = ctx.step("b", String.class, () -> note(ran, "b"));
                  ctx.callActivity(WORK, 1).await();
                  List<String> c =
                      ctx.step("c", new TypeRef<List<String>>() {}, () -> List.of(note(ran, "c")));
                  return a + b + c.get(0);
                })
            .begin();
    assertThat(d.last().end()).isEqualTo(new Waiting(true));
    assertThat(ran).containsExactly("a");
    assertThat(d.last().actions())
        .extracting(HistoryEvent::body)
        .hasExactlyElementsOfTypes(TaskScheduled.class, TaskCompleted.class);
    assertThat(d.last().actions()).allSatisfy(e -> assertThat(e.message()).isNull());
    d.episode();
    assertThat(d.last().end()).isEqualTo(new Waiting(false));
    assertThat(ran).containsExactly("a", "b");
    assertThat(d.complete(2, 1).output()).isEqualTo("abc");
    assertThat(ran).containsExactly("a", "b", "c");
  }

  private static String note(List<String> ran, String name) {
    ran.add(name);
    return name;
  }

  @Test
  void a_failing_step_is_recorded_and_rethrown_on_replay() {
    for (Throwable thrown : List.of(new Exception("checked"), new AssertionError("checked"))) {
      int[] runs = {0};
      EpisodeDriver d =
          EpisodeDriver.of(
                  ctx -> {
                    String caught = "";
                    try {
                      ctx.step(
                          "s",
                          String.class,
                          () -> {
                            runs[0]++;
                            if (thrown instanceof Exception e) {
                              throw e;
                            }
                            throw (Error) thrown;
                          });
                    } catch (TaskFailedException e) {
                      caught = e.failure().type() + " " + e.failure().message();
                    }
                    return caught + ctx.callActivity(WORK, 1).await();
                  })
              .begin();
      assertThat(d.last().actions().get(1).body()).isInstanceOf(TaskFailed.class);
      d.complete(1, 1);
      assertThat(d.output()).isEqualTo(thrown.getClass().getName() + " checked1");
      assertThat(runs[0]).isEqualTo(1);
    }
  }

  @Test
  void the_code_of_a_step_may_not_use_the_context() {
    List<EpisodeDriver.Flow> breaches =
        List.of(
            ctx -> ctx.step("s", Object.class, ctx::newUuid),
            ctx -> ctx.step("s", Object.class, () -> ctx.step("t", Object.class, () -> "x")),
            ctx -> {
              Shop shop = ctx.activities(Shop.class);
              return ctx.step("s", Object.class, () -> shop.count("a"));
            },
            ctx -> {
              var task = ctx.waitForExternalEvent(EventRef.of("e", String.class));
              return ctx.step("s", Object.class, task::await);
            });
    for (EpisodeDriver.Flow breach : breaches) {
      EpisodeDriver d = EpisodeDriver.of(breach).begin();
      assertThat(d.failure().message()).contains("may not use the orchestration context");
      assertThat(d.allActions()).hasSize(2);
    }
  }

  private static String failureOf(EpisodeDriver d) {
    assertThat(d.failure().type()).isEqualTo(PayloadException.class.getName());
    return d.failure().message();
  }

  @Test
  void arguments_that_cannot_be_written_name_instance_step_and_type() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  ctx.callActivity(WORK, 1).await();
                  return ctx.callActivity(WORK, new Opaque()).await();
                })
            .begin()
            .complete(0, 1);
    assertThat(failureOf(d))
        .contains("Instance order-7", "step 1", "arguments of Work", Opaque.class.getTypeName());
  }

  @Test
  void results_of_activities_that_do_not_read_name_instance_step_and_type() {
    EpisodeDriver d =
        EpisodeDriver.of(ctx -> ctx.callActivity(WORK, 1).await())
            .begin()
            .completeRaw(0, "\"seven\"");
    assertThat(failureOf(d))
        .contains("Instance order-7", "Work", "step 0", "result", "java.lang.Integer");
  }

  @Test
  void the_input_the_result_and_events_name_theirs() {
    EpisodeDriver input =
        EpisodeDriver.of(Integer.class, Object.class, "seven", (ctx, n) -> n + 1).begin();
    assertThat(failureOf(input)).contains("order-7", "input of Flow", "java.lang.Integer");
    EpisodeDriver result = EpisodeDriver.of(ctx -> new Opaque()).begin();
    assertThat(failureOf(result)).contains("order-7", "result", Opaque.class.getTypeName());
    EpisodeDriver event =
        EpisodeDriver.of(ctx -> ctx.waitForExternalEvent(EventRef.of("E", Integer.class)).await())
            .begin()
            .raise("e", "seven");
    assertThat(failureOf(event)).contains("order-7", "event E", "java.lang.Integer");
    EpisodeDriver status =
        EpisodeDriver.of(
                ctx -> {
                  ctx.setCustomStatus(new Opaque());
                  return null;
                })
            .begin();
    assertThat(failureOf(status)).contains("order-7", "custom status", Opaque.class.getTypeName());
  }

  @Test
  void payloads_over_the_limit_are_refused() {
    EpisodeDriver.Flow argument = ctx -> ctx.callActivity(WORK, "x".repeat(97)).await();
    assertThat(failureOf(EpisodeDriver.of(argument).maxPayload(100).begin()))
        .contains("order-7", "step 0", "arguments of Work", "101 bytes", "100");
    assertThat(EpisodeDriver.of(argument).maxPayload(101).begin().isFinished()).isFalse();
    assertThat(failureOf(EpisodeDriver.of(ctx -> "é".repeat(50)).maxPayload(100).begin()))
        .contains("order-7", "result of type", "102 bytes");
  }

  private static EpisodeResult replayedAs(EpisodeDriver d, Class<?> other) {
    return d.replay(
        Void.class,
        Object.class,
        (ctx, none) -> readThenWait(ctx, ActivityRef.of("Work", Object.class, other)));
  }

  private static Object readThenWait(OrchestrationContext ctx, ActivityRef<Object, ?> work) {
    Object value = ctx.callActivity(work, 1).await();
    return value + ctx.waitForExternalEvent(EventRef.of("e", String.class)).await();
  }

  @Test
  void a_payload_that_reads_no_more_blocks() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> readThenWait(ctx, ActivityRef.of("Work", Object.class, String.class)))
            .begin()
            .complete(0, "seven");
    EpisodeResult result = replayedAs(d, Integer.class);
    assertThat(result.end()).isInstanceOf(Blocked.class);
    Blocked blocked = (Blocked) result.end();
    assertThat(blocked.nonDeterministic()).isFalse();
    assertThat(blocked.why())
        .contains("order-7", "Work", "step 0", "java.lang.Integer", "did read in an earlier");
    assertThat(replayedAs(d, String.class).end()).isEqualTo(new Waiting(false));
  }

  @Test
  void an_input_that_reads_no_more_blocks() {
    EpisodeDriver d =
        EpisodeDriver.of(
                String.class,
                String.class,
                "seven",
                (ctx, s) -> ctx.waitForExternalEvent(EventRef.of("e", String.class)).await())
            .begin();
    EpisodeResult result =
        d.replay(
            Integer.class,
            String.class,
            (ctx, n) -> ctx.waitForExternalEvent(EventRef.of("e", String.class)).await());
    assertThat(result.end()).isInstanceOf(Blocked.class);
    assertThat(((Blocked) result.end()).why()).contains("input of Flow", "java.lang.Integer");
  }

  @Test
  void a_payload_that_never_read_may_be_handled() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  int value;
                  try {
                    value = ctx.callActivity(WORK, 1).await();
                  } catch (PayloadException e) {
                    value = ctx.callActivity(WORK, 2).await();
                  }
                  return value + ctx.callActivity(WORK, 3).await();
                })
            .begin()
            .completeRaw(0, "\"seven\"")
            .complete(1, 7)
            .complete(2, 1);
    assertThat(d.output()).isEqualTo(8);
  }
}
