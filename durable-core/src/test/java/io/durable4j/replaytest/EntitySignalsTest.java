package io.durable4j.replaytest;

import static io.durable4j.replaytest.EntityTalk.brokenRule;
import static io.durable4j.replaytest.EntityTalk.request;
import static io.durable4j.replaytest.EntityTalk.result;
import static io.durable4j.replaytest.EntityTalk.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Request.Stamp;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signals to entities, and the order of all that goes to one. */
class EntitySignalsTest {
  interface Counter {
    int add(int amount);

    boolean isOpen();

    String name();

    void reset();

    default void addAndReset(int amount) {
      add(amount);
      reset();
    }

    default void addOne() {
      add(1);
    }
  }

  interface Shop {
    int buy(String what);
  }

  private static final EntityId<Counter> A = EntityId.of(Counter.class, "a");
  private static final EntityId<Counter> B = EntityId.of(Counter.class, "b");
  private static final EventRef<String> GO = EventRef.of("go", String.class);
  private static final Instant LATER = Instant.parse("2026-03-02T10:00:00.123456789Z");

  private static Counter a(OrchestrationContext ctx) {
    return ctx.entity(A);
  }

  private static EpisodeDriver run(EpisodeDriver.Flow flow) {
    return EpisodeDriver.of(flow).begin();
  }

  @Test
  void a_signal_is_sent_and_not_waited_for() {
    EpisodeDriver d =
        run(
            ctx -> {
              StringBuilder seen = new StringBuilder();
              ctx.signal(() -> seen.append(a(ctx).add(5)));
              ctx.signal(() -> seen.append(a(ctx).isOpen()));
              ctx.signal(() -> seen.append(a(ctx).name()));
              ctx.signal(a(ctx)::addOne);
              return seen.toString();
            });
    assertThat(d.output()).isEqualTo("0falsenull");
    assertThat(sent(d, 0).name()).isEqualTo("op");
    assertThat(request(d, 0).signal()).isTrue();
    assertThat(request(d, 0).input()).isEqualTo(new Payload("5"));
    assertThat(request(d, 3).operation()).isEqualTo("add");
    assertThat(d.last().actions())
        .allMatch(e -> !(e.body() instanceof EventSent) || e.message() != null);
  }

  @Test
  void a_signal_may_be_due_later() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.signal(LATER, () -> a(ctx).add(5));
              ctx.signalEntity(LATER, A, "add", 6);
              ctx.signalEntity(A, "reset", null);
              return ctx.waitForExternalEvent(GO).await();
            });
    assertThat(sent(d, 0).name()).isEqualTo("op@2026-03-02T10:00:00.1234567Z");
    assertThat(request(d, 0).due()).isEqualTo(Instant.parse("2026-03-02T10:00:00.123456700Z"));
    assertThat(request(d, 0).signal()).isTrue();
    assertThat(request(d, 0).stamp()).isEqualTo(Stamp.NONE);
    assertThat(request(d, 1).input()).isEqualTo(new Payload("6"));
    assertThat(request(d, 2).due()).isNull();
    assertThat(request(d, 2).stamp().predecessor()).as("those for later stand outside").isNull();
    assertThat(d.raise("go", "on").output()).isEqualTo("on");
  }

  @Test
  void a_signal_takes_exactly_one_call_and_sends_nothing_otherwise() {
    EpisodeDriver none = run(ctx -> signal(ctx, () -> {}));
    assertThat(brokenRule(none)).contains("calls no entity", "ctx.entity(...)");
    EpisodeDriver two =
        run(
            ctx ->
                signal(
                    ctx,
                    () -> {
                      a(ctx).add(1);
                      a(ctx).reset();
                    }));
    assertThat(brokenRule(two)).contains("one call of an entity", "reset is the second");
    EpisodeDriver inDefault = run(ctx -> signal(ctx, () -> a(ctx).addAndReset(1)));
    assertThat(brokenRule(inDefault)).contains("reset is the second");
    EpisodeDriver throwing =
        run(
            ctx ->
                signal(
                    ctx,
                    () -> {
                      a(ctx).add(1);
                      throw new java.io.IOException("own");
                    }));
    assertThat(throwing.failure().message()).isEqualTo("own");
    for (EpisodeDriver d : List.of(none, two, inDefault, throwing)) {
      assertThat(d.allActions()).noneMatch(EventSent.class::isInstance);
    }
  }

  private static Object signal(OrchestrationContext ctx, io.durable4j.orchestration.Action block) {
    ctx.signal(block);
    return "signalled";
  }

  @Test
  void signals_and_other_blocks_do_not_mix() {
    assertThat(brokenRule(run(ctx -> signal(ctx, () -> ctx.activities(Shop.class).buy("x")))))
        .contains("Shop.buy is an activity", "ctx.asyncRun");
    assertThat(brokenRule(run(ctx -> signal(ctx, () -> ctx.signal(() -> a(ctx).add(1))))))
        .contains("ctx.signal inside ctx.signal");
    assertThat(brokenRule(run(ctx -> signal(ctx, () -> ctx.async(() -> a(ctx).add(1))))))
        .contains("ctx.async inside ctx.signal");
    assertThat(brokenRule(run(ctx -> ctx.asyncRun(() -> ctx.signal(a(ctx)::reset)).await())))
        .contains("ctx.signal inside ctx.async");
  }

  @Test
  void what_cannot_be_called_is_told_clearly() {
    assertThat(brokenRule(run(ctx -> ctx.entity(EntityId.named("counter", "a")))))
        .contains("@counter@a", "no contract", "ctx.callEntity");
    assertThat(run(ctx -> ctx.entity(EntityId.of(String.class, "a"))).failure().message())
        .contains("java.lang.String is not an interface");
    assertThat(brokenRule(run(ctx -> ctx.callEntity(A, " ", null, Object.class).await())))
        .contains("@counter@a", "needs a name");
    assertThat(
            brokenRule(
                run(
                    ctx -> {
                      ctx.sendEvent(A.instanceId(), GO, "x");
                      return null;
                    })))
        .contains("'@counter@a' is an entity's id");
  }

  @Test
  void all_to_one_entity_has_an_order_that_goes_on_over_turns() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.signal(() -> a(ctx).add(1));
              ctx.signalEntity(B, "reset", null);
              int one = a(ctx).add(2);
              ctx.signal(() -> a(ctx).add(3));
              ctx.waitForExternalEvent(GO).await();
              int two = a(ctx).add(4);
              return one + two;
            });
    d.episode(result(d, 2, "1")).raise("go", "on").episode(result(d, 4, "2"));
    assertThat(d.output()).isEqualTo(3);
    Instant first = request(d, 0).stamp().timestamp();
    assertThat(first).isEqualTo(EpisodeDriver.BEGIN.plusSeconds(1));
    assertThat(request(d, 0).stamp().predecessor()).isNull();
    assertThat(request(d, 1).stamp()).isEqualTo(new Stamp(first, null));
    assertThat(request(d, 2).stamp())
        .isEqualTo(new Stamp(first.plusNanos(100), first, request(d, 0).id()));
    Instant third = first.plusSeconds(1);
    assertThat(request(d, 3).stamp())
        .isEqualTo(new Stamp(third, first.plusNanos(100), request(d, 2).id()));
    assertThat(request(d, 4).stamp())
        .isEqualTo(new Stamp(first.plusSeconds(2), third, request(d, 3).id()));
  }

  @Test
  void after_a_rewind_requests_have_other_ids_and_later_places() {
    EpisodeDriver d =
        run(
            ctx -> {
              ctx.waitForExternalEvent(GO).await();
              return a(ctx).add(4);
            });
    d.episode(new ExecutionRewound("again"), d.raised("go", "on"));
    Request rewound = request(d, 0);
    assertThat(rewound.stamp()).isEqualTo(new Stamp(d.clock().plusMillis(1), null));
    EpisodeDriver never = run(ctx -> a(ctx).add(4));
    assertThat(request(never, 0).id()).isNotEqualTo(rewound.id());
    assertThat(d.episode(result(d, 0, "4")).output()).isEqualTo(4);
  }
}
