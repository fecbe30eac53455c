package io.durable4j.replaytest;

import static io.durable4j.replaytest.EntityTalk.failure;
import static io.durable4j.replaytest.EntityTalk.request;
import static io.durable4j.replaytest.EntityTalk.result;
import static io.durable4j.replaytest.EntityTalk.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.Name;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.internal.contract.DeclaredFailure;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.replay.EpisodeResult.ContinuedAsNew;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskCancelledException;
import io.durable4j.orchestration.TaskFailedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls of entities, as replay decides them: what is sent, and what becomes of answers. */
class EntityCallsTest {
  static final class Overdrawn extends Exception {
    private static final long serialVersionUID = 1;

    Overdrawn(String message) {
      super(message);
    }
  }

  interface Account {
    int add(int amount) throws Overdrawn;

    int balance();

    void move(String to, int amount);

    @Name("statement.v2")
    List<String> statement();

    default int addTwice(int amount) throws Overdrawn {
      return add(amount) + add(amount);
    }
  }

  private static final EntityId<Account> A = EntityId.of(Account.class, "a");
  private static final EventRef<String> GO = EventRef.of("go", String.class);
  private static final String UUID_NAME = "11111111-2222-3333-4444-555555555555";
  private static final FailureDetails WHY = FailureDetails.of("T", "why", false);

  private static Account a(OrchestrationContext ctx) {
    return ctx.entity(A);
  }

  @Test
  void a_call_sends_a_request_and_waits_for_its_answer() {
    EpisodeDriver d = EpisodeDriver.of(ctx -> a(ctx).add(5)).begin();
    assertThat(sent(d, 0).instance().value()).isEqualTo("@account@a");
    assertThat(sent(d, 0).name()).isEqualTo("op");
    Request request = request(d, 0);
    assertThat(request.operation()).isEqualTo("add");
    assertThat(request.signal()).isFalse();
    assertThat(request.input()).isEqualTo(new Payload("5"));
    assertThat(request.sender())
        .isEqualTo(new Request.Sender(EpisodeDriver.INSTANCE, EpisodeDriver.EXECUTION));
    assertThat(request.due()).isNull();
    assertThat(request.lock()).isNull();
    assertThat(d.last().end()).isEqualTo(new Waiting(false));
    assertThat(d.last().awaitedEvents()).as("an answer is no event of the user's").isEmpty();
    assertThat(d.episode(result(d, 0, "12")).output()).isEqualTo(12);
  }

  @Test
  void the_input_is_nothing_or_the_argument_or_all_of_them() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  int balance = a(ctx).balance();
                  a(ctx).move("b", 3);
                  return balance + String.join("", a(ctx).statement());
                })
            .begin();
    assertThat(request(d, 0).input()).isNull();
    d.episode(result(d, 0, "1"));
    assertThat(request(d, 1).input()).isEqualTo(new Payload("[\"b\",3]"));
    d.episode(result(d, 1, "null"));
    assertThat(request(d, 2).operation()).isEqualTo("statement.v2");
    assertThat(d.episode(result(d, 2, "[\"x\",\"y\"]")).output()).isEqualTo("1xy");
  }

  @Test
  void calls_begun_by_async_are_under_way_together() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> one = ctx.async(() -> a(ctx).add(1));
                  Task<Integer> two = ctx.async(() -> a(ctx).balance());
                  Task<?> three = ctx.asyncRun(() -> a(ctx).move("b", 1));
                  return one.await() + " " + two.thenApply(b -> b + 1).await() + three.await();
                })
            .begin();
    d.episode(result(d, 2, "null")).episode(result(d, 1, "7"), result(d, 0, "3"));
    assertThat(d.output()).isEqualTo("3 8null");
  }

  @Test
  void a_default_method_calls_what_it_calls() {
    EpisodeDriver d = EpisodeDriver.of(ctx -> a(ctx).addTwice(4)).begin();
    d.episode(result(d, 0, "4")).episode(result(d, 1, "8"));
    assertThat(d.output()).isEqualTo(12);
  }

  @Test
  void calls_by_name_need_no_contract() {
    EntityId<Object> named = EntityId.named("Account", "a");
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  int sum = ctx.callEntity(named, "add", List.of(1, 2), Integer.class).await();
                  Map<String, Integer> all =
                      ctx.callEntity(A, "all", null, new TypeRef<Map<String, Integer>>() {})
                          .await();
                  return sum + all.get("x");
                })
            .begin();
    assertThat(sent(d, 0).instance().value()).isEqualTo("@account@a");
    assertThat(request(d, 0).input()).isEqualTo(new Payload("[1,2]"));
    d.episode(result(d, 0, "3"));
    assertThat(request(d, 1).input()).isNull();
    assertThat(d.episode(result(d, 1, "{\"x\":4}")).output()).isEqualTo(7);
  }

  @Test
  void a_failed_operation_fails_its_call() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return a(ctx).add(5);
                  } catch (TaskFailedException e) {
                    assertThat(e.failure()).isEqualTo(WHY);
                    return e.getMessage();
                  }
                })
            .begin();
    d.episode(failure(d, 0, WHY));
    assertThat(String.valueOf(d.output())).contains("Operation add of @account@a (step 0)", "why");
  }

  @Test
  void a_declared_exception_is_thrown_as_itself() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return a(ctx).add(5);
                  } catch (Overdrawn e) {
                    return "overdrawn: " + e.getMessage();
                  }
                })
            .begin();
    FailureDetails thrown =
        DeclaredFailure.of(new Overdrawn("no money"), List.of(Overdrawn.class), false);
    assertThat(d.episode(failure(d, 0, thrown)).output()).isEqualTo("overdrawn: no money");
  }

  @Test
  void an_answer_that_does_not_read_fails_the_call() {
    EpisodeDriver result = EpisodeDriver.of(ctx -> a(ctx).balance() + a(ctx).balance()).begin();
    result.episode(result(result, 0, "\"many\""));
    assertThat(result.failure().message()).contains("Operation balance of @account@a (step 0)");

    EpisodeDriver answer = EpisodeDriver.of(ctx -> a(ctx).balance()).begin();
    answer.episode(new EventRaised(request(answer, 0).id(), new Payload("nonsense")));
    assertThat(answer.failure().type()).isEqualTo(TaskFailedException.class.getName());
    assertThat(answer.failure().cause().type()).isEqualTo("UnreadableAnswer");
  }

  @Test
  void an_empty_answer_is_a_result_of_nothing() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  a(ctx).move("b", 1);
                  return "moved";
                })
            .begin();
    assertThat(d.episode(new EventRaised(request(d, 0).id(), null)).output()).isEqualTo("moved");
  }

  @Test
  void cancelling_only_ends_the_waiting() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> call = ctx.async(() -> a(ctx).add(5));
                  call.cancel();
                  try {
                    call.await();
                  } catch (TaskCancelledException e) {
                    return ctx.waitForExternalEvent(GO).await();
                  }
                  return "not cancelled";
                })
            .begin();
    assertThat(d.last().withdrawn()).isEmpty();
    assertThat(d.last().actions().get(0).message()).isNotNull();
    assertThat(d.episode(result(d, 0, "12")).raise("go", "on").output()).isEqualTo("on");
  }

  @Test
  void an_event_of_the_user_may_be_named_like_a_uuid() {
    EventRef<String> odd = EventRef.of(UUID_NAME, String.class);
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  int sum = a(ctx).add(1);
                  return ctx.waitForExternalEvent(odd).await()
                      + sum
                      + ctx.waitForExternalEvent(odd).await();
                })
            .begin();
    d.raise(UUID_NAME, "early").episode(result(d, 0, "1"));
    assertThat(d.last().awaitedEvents()).containsExactly(UUID_NAME);
    assertThat(d.raise(UUID_NAME, "late").output()).isEqualTo("early1late");
  }

  @Test
  void answers_do_not_go_over_to_the_next_generation() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  ctx.async(() -> a(ctx).add(1)).cancel();
                  ctx.async(() -> a(ctx).add(2));
                  ctx.async(() -> a(ctx).add(3));
                  ctx.waitForExternalEvent(GO).await();
                  return ctx.continueAsNew(null);
                })
            .begin();
    d.episode(
        result(d, 0, "1"),
        result(d, 1, "2"),
        d.raised("go", "on"),
        result(d, 2, "3"),
        d.raised(UUID_NAME, "kept"));
    assertThat(((ContinuedAsNew) d.last().end()).carried())
        .extracting(e -> e.body())
        .containsExactly(d.raised(UUID_NAME, "kept"));
  }

  @Test
  void a_request_s_id_is_of_its_step_and_the_same_each_time() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  ctx.async(() -> a(ctx).add(1));
                  ctx.async(() -> a(ctx).add(1));
                  return ctx.waitForExternalEvent(GO).await();
                })
            .begin();
    assertThat(request(d, 0).id()).isNotEqualTo(request(d, 1).id());
    assertThat(java.util.UUID.fromString(request(d, 0).id()).version()).isEqualTo(5);
    assertThat(d.rerun(0).actions()).isEqualTo(d.last().actions());
  }

  @Test
  void what_is_too_large_is_refused_at_the_call_and_leaves_no_gap() {
    String large = "x".repeat(2_000);
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  String refused = "";
                  for (String input : List.of(large, large.substring(0, 900), "fits")) {
                    try {
                      ctx.signalEntity(A, "take", input);
                    } catch (PayloadException e) {
                      refused += e.getMessage() + "\n";
                    }
                  }
                  return refused + a(ctx).balance();
                })
            .maxPayload(1_000)
            .begin();
    assertThat(request(d, 0).input()).isEqualTo(new Payload("\"fits\""));
    assertThat(request(d, 0).stamp().predecessor()).as("nothing was sent before").isNull();
    assertThat(request(d, 1).stamp().predecessor()).isEqualTo(request(d, 0).stamp().timestamp());
    String[] refused = d.episode(result(d, 1, "1")).output().toString().split("\n");
    assertThat(refused).hasSize(3);
    assertThat(refused[0]).contains("order-7", "Operation take of @account@a", "2002", "1000");
    assertThat(refused[1]).as("the whole request counts").contains("take of @account@a", "1000");
  }

  @Test
  void a_warm_replay_encodes_nothing_that_history_holds() {
    int[] encoded = new int[1];
    JacksonDataConverter jackson = JacksonDataConverter.create();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  int sum = 0;
                  for (int i = 0; i < 5; i++) {
                    sum += ctx.callEntity(A, "add", new Counted(encoded, i), Integer.class).await();
                  }
                  return sum;
                })
            .converter(jackson)
            .warm()
            .withoutReplays()
            .begin();
    for (int i = 0; i < 5; i++) {
      d.episode(result(d, i, "2"));
    }
    assertThat(d.output()).isEqualTo(10);
    assertThat(encoded[0]).as("once for each call").isEqualTo(5);
    for (int i = 1; i < 5; i++) {
      assertThat(request(d, i).stamp().predecessor())
          .isEqualTo(request(d, i - 1).stamp().timestamp());
    }
  }

  /** Counts how often it is written. */
  record Counted(int[] writes, int value) {
    @com.fasterxml.jackson.annotation.JsonValue
    int written() {
      writes[0]++;
      return value;
    }
  }
}
