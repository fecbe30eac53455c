package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Name;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Edits of an orchestrator, replayed against the history of the code before the edit. */
class TwelveEditsTest {
  interface Shop {
    int price(String item, int count);

    String reserve(String item);

    void ship(String item);
  }

  interface Depot {
    String reserve(String item);
  }

  interface Notes {
    @Name("note")
    String note();
  }

  static final ActivityRef<Integer, Boolean> CHARGE =
      ActivityRef.of("Charge", Integer.class, Boolean.class);
  static final EventRef<String> APPROVAL = EventRef.of("Approval", String.class);
  static final Duration PAUSE = Duration.ofHours(1);
  static final RetryPolicy THRICE = RetryPolicy.of(3, Duration.ofSeconds(5));

  private final EpisodeDriver recorded = record();
  private int line;

  /** The line below the caller's. */
  private void mark() {
    line = new Throwable().getStackTrace()[1].getLineNumber() + 1;
  }

  // 0 price, 1 charge, 2 timer, 3 step, 4 reserve (fails), 5 retry timer, 6 reserve, 7 ship, 8 end
  static String original(OrchestrationContext ctx, String item) {
    Shop shop = ctx.activities(Shop.class);
    int price = shop.price(item, 2);
    ctx.callActivity(CHARGE, price).await();
    ctx.sleep(PAUSE);
    String who = ctx.waitForExternalEvent(APPROVAL).await();
    String note = ctx.step("note", String.class, () -> "by " + who);
    String place = ctx.activities(Shop.class, CallOptions.retry(THRICE)).reserve(item);
    shop.ship(item);
    return place + " " + note;
  }

  static EpisodeDriver record() {
    EpisodeDriver recorded =
        EpisodeDriver.of(String.class, String.class, "tea", TwelveEditsTest::original)
            .begin()
            .complete(0, 40)
            .complete(1, true)
            .fire(2)
            .raise("approval", "Ann")
            .fail(4, "no shelf")
            .fire(5)
            .complete(6, "A3")
            .complete(7, null);
    assertThat(recorded.output()).isEqualTo("A3 by Ann");
    assertThat(recorded.allActions()).hasSize(9);
    return recorded;
  }

  private void caught(Orchestrator<String, String> edited, int step, String was, String is) {
    EpisodeResult result = recorded.replay(String.class, String.class, edited);
    assertThat(result.end()).isInstanceOf(Blocked.class);
    Blocked blocked = (Blocked) result.end();
    assertThat(blocked.nonDeterministic()).isTrue();
    assertThat(result.actions()).isEmpty();
    assertThat(blocked.why())
        .contains("Instance order-7")
        .contains("step " + step + ".")
        .contains("Recorded: " + was)
        .contains("Produced: " + is)
        .contains("TwelveEditsTest.java:" + line + ".");
  }

  @Test
  void edit_rename_of_an_activity() {
    caught(
        (ctx, item) -> {
          mark();
          ctx.callActivity(ActivityRef.of("Quote", String.class, Integer.class), item).await();
          return "";
        },
        0,
        "activity 'Shop.price' with [\"tea\",2]",
        "activity 'Quote' with [\"tea\"]");
  }

  @Test
  void edit_swap_of_two_activities() {
    caught(
        (ctx, item) -> {
          mark();
          ctx.callActivity(CHARGE, 40).await();
          ctx.activities(Shop.class).price(item, 2);
          return "";
        },
        0,
        "activity 'Shop.price'",
        "activity 'Charge' with [40]");
  }

  @Test
  void edit_drop_of_one_in_the_middle() {
    caught(
        (ctx, item) -> {
          ctx.activities(Shop.class).price(item, 2);
          mark();
          ctx.sleep(PAUSE);
          return "";
        },
        1,
        "activity 'Charge' with [40]",
        "timer due 2026-03-01T11:00:02Z");
  }

  private String allButTheLast(OrchestrationContext ctx, String item) {
    int price = ctx.activities(Shop.class).price(item, 2);
    ctx.callActivity(CHARGE, price).await();
    ctx.sleep(PAUSE);
    String who = ctx.waitForExternalEvent(APPROVAL).await();
    String note = ctx.step("note", String.class, () -> "by " + who);
    mark();
    String place = ctx.activities(Shop.class, CallOptions.retry(THRICE)).reserve(item);
    return place + " " + note;
  }

  @Test
  void edit_drop_of_the_last_one() {
    caught(
        this::allButTheLast,
        7,
        "activity 'Shop.ship'",
        "the end, COMPLETED with \"A3 by Ann\", at its end, after");
  }

  @Test
  void edit_insert_in_the_middle() {
    caught(
        (ctx, item) -> {
          Shop shop = ctx.activities(Shop.class);
          int price = shop.price(item, 2);
          ctx.callActivity(CHARGE, price).await();
          mark();
          shop.ship(item);
          ctx.sleep(PAUSE);
          return "";
        },
        2,
        "timer due",
        "activity 'Shop.ship' with [\"tea\"]");
  }

  @Test
  void edit_insert_at_the_end() {
    caught(
        (ctx, item) -> {
          String result = original(ctx, item);
          mark();
          ctx.activities(Shop.class).ship(item);
          return result;
        },
        8,
        "the end, COMPLETED with \"A3 by Ann\"",
        "activity 'Shop.ship'");
  }

  @Test
  void edit_change_of_an_arguments_value() {
    caught(
        (ctx, item) -> {
          mark();
          ctx.activities(Shop.class).price(item, 3);
          return "";
        },
        0,
        "activity 'Shop.price' with [\"tea\",2]",
        "activity 'Shop.price' with [\"tea\",3]");
  }

  @Test
  void edit_change_of_an_arguments_type() {
    caught(
        (ctx, item) -> {
          String price = "" + ctx.activities(Shop.class).price(item, 2);
          mark();
          ctx.callActivity(ActivityRef.of("Charge", String.class, Boolean.class), price).await();
          return "";
        },
        1,
        "activity 'Charge' with [40]",
        "activity 'Charge' with [\"40\"]");
  }

  @Test
  void edit_activity_to_timer() {
    caught(
        (ctx, item) -> {
          mark();
          ctx.sleep(PAUSE);
          return "";
        },
        0,
        "activity 'Shop.price'",
        "timer due 2026-03-01T11:00:01Z");
  }

  @Test
  void edit_timer_to_activity() {
    caught(
        (ctx, item) -> {
          ctx.callActivity(CHARGE, ctx.activities(Shop.class).price(item, 2)).await();
          mark();
          ctx.activities(Shop.class).reserve(item);
          return "";
        },
        2,
        "timer due 2026-03-01T11:00:03Z",
        "activity 'Shop.reserve'");
  }

  private String untilApproved(OrchestrationContext ctx, String item) {
    ctx.callActivity(CHARGE, ctx.activities(Shop.class).price(item, 2)).await();
    ctx.sleep(PAUSE);
    return ctx.waitForExternalEvent(APPROVAL).await();
  }

  @Test
  void edit_step_to_activity() {
    caught(
        (ctx, item) -> {
          untilApproved(ctx, item);
          mark();
          ctx.activities(Notes.class).note();
          return "";
        },
        3,
        "step 'note'",
        "activity 'note'");
  }

  @Test
  void edit_change_of_a_timers_due_time() {
    caught(
        (ctx, item) -> {
          ctx.callActivity(CHARGE, ctx.activities(Shop.class).price(item, 2)).await();
          mark();
          ctx.sleep(Duration.ofMinutes(30));
          return "";
        },
        2,
        "timer due 2026-03-01T11:00:03Z",
        "timer due 2026-03-01T10:30:03Z");
  }

  @Test
  void edit_retry_taken_away() {
    caught(
        (ctx, item) -> {
          String who = untilApproved(ctx, item);
          ctx.step("note", String.class, () -> who);
          try {
            ctx.activities(Shop.class).reserve(item);
          } catch (RuntimeException noShelf) {
            mark();
            ctx.activities(Shop.class).ship(item);
          }
          return "";
        },
        5,
        "timer due",
        "activity 'Shop.ship'");
  }

  @Test
  void edit_another_contract() {
    caught(
        (ctx, item) -> {
          String who = untilApproved(ctx, item);
          ctx.step("note", String.class, () -> who);
          mark();
          ctx.activities(Depot.class).reserve(item);
          return "";
        },
        4,
        "activity 'Shop.reserve' with [\"tea\"]",
        "activity 'Depot.reserve' with [\"tea\"]");
  }

  @Test
  void edit_wait_where_an_action_was() {
    caught(
        (ctx, item) -> {
          ctx.activities(Shop.class).price(item, 2);
          mark();
          ctx.waitForExternalEvent(APPROVAL).await();
          return "";
        },
        1,
        "activity 'Charge' with [40]",
        "nothing: the code waits here");
  }

  @Test
  void edit_return_earlier() {
    caught(
        (ctx, item) -> {
          mark();
          ctx.activities(Shop.class).price(item, 2);
          return "early";
        },
        1,
        "activity 'Charge' with [40]",
        "the end, COMPLETED with \"early\", at its end, after");
  }

  @Test
  void edit_failure_in_place_of_the_rest() {
    caught(
        (ctx, item) -> {
          ctx.activities(Shop.class).price(item, 2);
          mark();
          throw new IllegalStateException("no longer sold");
        },
        1,
        "activity 'Charge' with [40]",
        "the end, FAILED with java.lang.IllegalStateException: no longer sold, at"
            + " TwelveEditsTest.java:");
  }

  @Test
  void edit_of_the_result() {
    caught(
        (ctx, item) -> {
          allButTheLast(ctx, item);
          mark();
          ctx.activities(Shop.class).ship(item);
          return "another";
        },
        8,
        "the end, COMPLETED with \"A3 by Ann\"",
        "the end, COMPLETED with \"another\"");
  }
}
