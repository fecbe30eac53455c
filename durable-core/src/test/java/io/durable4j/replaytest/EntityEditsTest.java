package io.durable4j.replaytest;

import static io.durable4j.replaytest.EntityTalk.granted;
import static io.durable4j.replaytest.EntityTalk.request;
import static io.durable4j.replaytest.EntityTalk.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.Name;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.internal.replay.EpisodeResult.Finished;
import io.durable4j.internal.replay.Memo;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Code that asks something else of entities than history says. */
class EntityEditsTest {
  interface Account {
    int add(int amount);

    int take(int amount);
  }

  @Name("Account")
  interface Renamed {
    @Name(value = "increase", aliases = "add")
    int increase(int amount);
  }

  private static final EntityId<Account> A = EntityId.of(Account.class, "a");
  private static final EntityId<Account> B = EntityId.of(Account.class, "b");
  private static final Instant LATER = Instant.parse("2026-03-02T10:00:00Z");

  private static Object original(OrchestrationContext ctx) {
    int sum = ctx.entity(A).add(5);
    ctx.signal(LATER, () -> ctx.entity(A).add(6));
    ctx.lock(A, B).run(() -> {});
    return sum;
  }

  private static EpisodeDriver recorded() {
    EpisodeDriver d = EpisodeDriver.of(EntityEditsTest::original).begin();
    d.episode(result(d, 0, "12"));
    return d.episode(granted(d, 2));
  }

  private static EpisodeResult edited(EpisodeDriver.Flow edit) {
    return recorded().replay(Void.class, Object.class, (ctx, none) -> edit.run(ctx));
  }

  private static void caught(int step, String was, String is, EpisodeDriver.Flow edit) {
    EpisodeResult result = edited(edit);
    assertThat(result.end()).isInstanceOf(Blocked.class);
    assertThat(((Blocked) result.end()).nonDeterministic()).isTrue();
    assertThat(((Blocked) result.end()).why())
        .contains(
            "at step " + step + ".", "Recorded: " + was, "Produced: " + is, "EntityEditsTest");
  }

  @Test
  void the_unchanged_code_fits() {
    assertThat(edited(EntityEditsTest::original).end()).isInstanceOf(Finished.class);
  }

  @Test
  void another_entity_is_caught() {
    caught(
        0,
        "call of operation 'add' to entity @account@a with 5",
        "call of operation 'add' to entity @account@b with 5",
        ctx -> ctx.entity(B).add(5));
  }

  @Test
  void another_operation_is_caught() {
    caught(
        0,
        "call of operation 'add' to entity @account@a",
        "call of operation 'take' to entity @account@a",
        ctx -> ctx.entity(A).take(5));
  }

  @Test
  void a_signal_in_a_call_s_place_is_caught() {
    caught(
        0,
        "call of operation 'add'",
        "signal 'add' to entity @account@a with 5",
        ctx -> {
          ctx.signal(() -> ctx.entity(A).add(5));
          return null;
        });
  }

  @Test
  void an_event_in_a_call_s_place_is_caught() {
    caught(
        0,
        "call of operation 'add'",
        "event 'op' to other",
        ctx -> {
          ctx.sendEvent("other", io.durable4j.orchestration.EventRef.of("op", String.class), "");
          return null;
        });
  }

  @Test
  void another_set_is_caught() {
    caught(
        2,
        "lock of [@account@a, @account@b]",
        "lock of [@account@a]",
        ctx -> {
          ctx.entity(A).add(5);
          ctx.signal(LATER, () -> ctx.entity(A).add(6));
          return ctx.lock(A).call(() -> null);
        });
  }

  @Test
  void a_call_in_a_release_s_place_is_caught() {
    caught(
        3,
        "release of @account@a",
        "call of operation 'add' to entity @account@a",
        ctx -> {
          ctx.entity(A).add(5);
          ctx.signal(LATER, () -> ctx.entity(A).add(6));
          return ctx.lock(A, B).call(() -> ctx.entity(A).add(1));
        });
  }

  @Test
  void another_input_is_a_soft_difference() {
    caught(0, "call of operation 'add'", "call of operation 'add'", ctx -> ctx.entity(A).add(7));
  }

  @Test
  void another_due_time_is_a_soft_difference() {
    caught(
        1,
        "signal 'add' to entity @account@a due 2026-03-02T10:00:00Z",
        "signal 'add' to entity @account@a due 2026-03-02T10:00:01Z",
        ctx -> {
          ctx.entity(A).add(5);
          ctx.signal(LATER.plusSeconds(1), () -> ctx.entity(A).add(6));
          return null;
        });
    caught(
        1,
        "signal 'add' to entity @account@a due",
        "signal 'add' to entity @account@a with 6",
        ctx -> {
          ctx.entity(A).add(5);
          ctx.signal(() -> ctx.entity(A).add(6));
          return null;
        });
  }

  @Test
  void soft_differences_are_warnings_where_these_are_allowed() {
    EpisodeResult result =
        recorded()
            .lenient()
            .replay(
                Void.class,
                Object.class,
                (ctx, none) -> {
                  int sum = ctx.entity(A).add(7);
                  ctx.signal(LATER.plusSeconds(1), () -> ctx.entity(A).add(6));
                  ctx.lock(A, B).run(() -> {});
                  return sum;
                });
    assertThat(result.end()).isInstanceOf(Finished.class);
    assertThat(result.warnings()).hasSize(2);
    assertThat(result.warnings().get(0)).contains("The input of step 0 differs");
    assertThat(result.warnings().get(1)).contains("The due time of step 1 differs");
  }

  @Test
  void an_alias_reads_the_former_name() {
    EntityId<Renamed> renamed = EntityId.of(Renamed.class, "a");
    EpisodeDriver d = EpisodeDriver.of(ctx -> ctx.entity(A).add(5)).begin();
    d.episode(result(d, 0, "12"));
    EpisodeResult result =
        d.replay(Void.class, Object.class, (ctx, none) -> ctx.entity(renamed).increase(5));
    assertThat(result.end()).isInstanceOf(Finished.class);
  }

  /** The id is another, there are members that are not ours, and no stamp that we would give. */
  @Test
  void a_request_that_another_engine_wrote_fits() {
    String id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    String json =
        "{\"op\":\"Add\",\"input\":\"5\",\"id\":\""
            + id
            + "\",\"parent\":\"order-7\",\"Timestamp\":\"2026-03-01T10:00:00.7654321Z\","
            + "\"Predecessor\":\"0001-01-01T00:00:00\",\"IsLockRequest\":false,"
            + "\"createTrace\":false,\"requestTime\":\"2026-03-01T10:00:00Z\"}";
    InstanceId entity = new InstanceId("@account@a");
    List<HistoryEvent> past = new ArrayList<>();
    past.add(event(new OrchestratorStarted()));
    past.add(
        event(
            new ExecutionStarted(
                EpisodeDriver.INSTANCE,
                EpisodeDriver.EXECUTION,
                "Flow",
                "",
                null,
                Map.of(),
                null,
                null,
                0)));
    past.add(
        new HistoryEvent(
            0, EpisodeDriver.BEGIN, null, new EventSent(entity, "op", new Payload(json))));
    past.add(event(new OrchestratorCompleted()));
    List<HistoryEvent> fresh =
        List.of(
            event(new OrchestratorStarted()),
            event(
                new EventRaised(id.toUpperCase(Locale.ROOT), new Payload("{\"result\":\"12\"}"))));
    Memo memo = new Memo();
    for (Memo kept : new Memo[] {null, memo, memo}) {
      EpisodeResult result = Replay.run(input(past, fresh, kept), code());
      EventBody next = result.actions().get(0).body();
      assertThat(next).isInstanceOf(EventSent.class);
      assertThat(((EventSent) next).input().text())
          .as("goes on from the stamp that was recorded")
          .contains(
              "\"input\":\"12\"",
              "\"Timestamp\":\"2026-03-01T10:00:00.7654322Z\"",
              "\"Predecessor\":\"2026-03-01T10:00:00.7654321Z\"");
    }
  }

  private static HistoryEvent event(EventBody body) {
    return HistoryEvent.of(EpisodeDriver.BEGIN, null, body);
  }

  private static Replay.Code code() {
    return new Replay.Code(
        OrchestratorRef.of("Flow", Void.class, Object.class),
        () -> (ctx, none) -> ctx.entity(A).take(ctx.entity(A).add(5)));
  }

  private static EpisodeInput input(
      List<HistoryEvent> past,
      List<HistoryEvent> fresh,
      @org.jspecify.annotations.Nullable Memo memo) {
    return new EpisodeInput(
        EpisodeDriver.INSTANCE,
        EpisodeDriver.EXECUTION,
        past,
        fresh,
        new EpisodeInput.Rules(
            new DerivedIds(),
            JacksonDataConverter.create(),
            null,
            1 << 20,
            true,
            "",
            (c, quiet) -> NOPLogger.NOP_LOGGER),
        memo);
  }

  @Test
  void requests_are_told_apart_by_what_is_asked() {
    EpisodeDriver five = EpisodeDriver.of(ctx -> ctx.entity(A).add(5)).begin();
    EpisodeDriver six = EpisodeDriver.of(ctx -> ctx.entity(A).add(6)).begin();
    EpisodeDriver other = EpisodeDriver.of(ctx -> ctx.entity(B).add(5)).begin();
    assertThat(request(five, 0).id())
        .isNotEqualTo(request(six, 0).id())
        .isNotEqualTo(request(other, 0).id());
  }
}
