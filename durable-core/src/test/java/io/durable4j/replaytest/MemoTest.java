package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.DataConverter;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Waiting;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Task;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What warm episodes share, and what they must not. */
class MemoTest {
  private static final ActivityRef<Object, String> ECHO =
      ActivityRef.of("Echo", Object.class, String.class);
  private static final EventRef<String> GO = EventRef.of("Go", String.class);

  /** Counts what it is asked for. */
  private static final class Counting implements DataConverter {
    private final JacksonDataConverter jackson = JacksonDataConverter.create();
    private int written;
    private int read;

    @Override
    public @Nullable Payload toPayload(@Nullable Object value) {
      written++;
      return jackson.toPayload(value);
    }

    @Override
    public @Nullable Object fromPayload(@Nullable Payload payload, Type type) {
      read++;
      return jackson.fromPayload(payload, type);
    }

    @Override
    public @Nullable Payload toArguments(List<@Nullable Object> values) {
      written++;
      return jackson.toArguments(values);
    }

    @Override
    public List<@Nullable Object> fromArguments(@Nullable Payload payload, List<Type> types) {
      return jackson.fromArguments(payload, types);
    }
  }

  enum Size {
    SMALL,
    LARGE
  }

  record Order(UUID id, Size size, BigDecimal price, Instant at, Optional<String> note) {}

  record Cart(String owner, List<String> items) {}

  record Basket(String owner, List<Order> orders) {
    Basket {
      orders = List.copyOf(orders);
    }
  }

  static final class Counter {
    public int value;
  }

  private static final Order ORDER =
      new Order(
          new UUID(1, 2),
          Size.LARGE,
          new BigDecimal("1.50"),
          Instant.parse("2026-03-01T10:00:00Z"),
          Optional.of("gift"));

  private static Object chain(OrchestrationContext ctx) {
    ctx.setCustomStatus("begun");
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      all.append(ctx.callActivity(ECHO, i).await());
    }
    ctx.setCustomStatus("done");
    return all + ctx.waitForExternalEvent(GO).await();
  }

  @Test
  void each_value_is_read_once_and_nothing_that_is_recorded_is_written_again() {
    Counting counting = new Counting();
    EpisodeDriver d =
        EpisodeDriver.of(MemoTest::chain).converter(counting).warm().withoutReplays().begin();
    for (int i = 0; i < 5; i++) {
      d.complete(i, "r" + i);
    }
    assertThat(counting.read)
        .as("five results, and the missing input of six episodes")
        .isEqualTo(11);
    assertThat(counting.written).as("5 arguments, 2 statuses, 5 by the driver").isEqualTo(12);
    assertThat(d.memoBytes()).isBetween(5L * 50, 5L * 500);
    assertThat(d.last().customStatus())
        .isEqualTo(new EpisodeResult.StatusChange(new Payload("\"done\"")));
    assertThat(d.replay().end()).isEqualTo(new Waiting(false));
    assertThat(d.replay().customStatus()).isEqualTo(d.last().customStatus());
    assertThat(counting.written).isEqualTo(12);
    d.raise("Go", "!");
    assertThat(d.output()).isEqualTo("r0r1r2r3r4!");
  }

  /** Runs to a wait, replays, and answers what the code got each time. */
  private static List<Object> seen(TypeRef<?> type, Object value, boolean warm) {
    List<Object> seen = new ArrayList<>();
    ActivityRef<Object, ?> get = ActivityRef.of("Get", TypeRef.of(Object.class), type);
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  seen.add(ctx.callActivity(get, "x").await());
                  return ctx.waitForExternalEvent(GO).await();
                })
            .withoutReplays();
    d = warm ? d.warm() : d.cold();
    d.begin().complete(0, value);
    assertThat(d.replay().end()).isEqualTo(new Waiting(false));
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0)).isEqualTo(seen.get(1));
    return seen;
  }

  private static boolean isShared(TypeRef<?> type, Object value) {
    List<Object> cold = seen(type, value, false);
    List<Object> warm = seen(type, value, true);
    assertThat(cold.get(0)).isEqualTo(warm.get(0)).isNotSameAs(cold.get(1));
    return warm.get(0) == warm.get(1);
  }

  @Test
  void what_cannot_change_is_shared() {
    assertThat(isShared(TypeRef.of(String.class), "text")).isTrue();
    assertThat(isShared(TypeRef.of(Order.class), ORDER)).isTrue();
    assertThat(isShared(TypeRef.of(Basket.class), new Basket("Ann", List.of(ORDER)))).isTrue();
    assertThat(isShared(new TypeRef<List<Order>>() {}, List.of(ORDER))).isTrue();
    assertThat(isShared(new TypeRef<Map<String, List<Integer>>>() {}, Map.of("a", List.of(1))))
        .isTrue();
    assertThat(isShared(new TypeRef<Optional<Set<String>>>() {}, Optional.of(Set.of("a"))))
        .isTrue();
  }

  @Test
  void what_may_change_is_read_anew() {
    assertThat(isShared(TypeRef.of(Cart.class), new Cart("Ann", List.of("tea")))).isFalse();
    assertThat(isShared(new TypeRef<ArrayList<String>>() {}, List.of("a"))).isFalse();
    assertThat(isShared(new TypeRef<List<ArrayList<String>>>() {}, List.of(List.of("a"))))
        .isFalse();
  }

  @Test
  @SuppressWarnings("unchecked")
  void collections_of_what_cannot_change_are_unmodifiable_cold_and_warm() {
    for (boolean warm : new boolean[] {false, true}) {
      List<Object> maps =
          seen(new TypeRef<Map<String, List<Integer>>>() {}, Map.of("a", List.of(1)), warm);
      for (Object got : maps) {
        Map<String, List<Integer>> map = (Map<String, List<Integer>>) got;
        assertThatThrownBy(() -> map.put("b", List.of()))
            .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.get("a").add(2))
            .isInstanceOf(UnsupportedOperationException.class);
      }
      Object any = seen(TypeRef.of(Object.class), List.of(Set.of(1)), warm).get(1);
      assertThatThrownBy(() -> ((List<List<Integer>>) any).get(0).add(2))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void a_mutable_value_is_never_the_same_in_two_episodes() {
    Map<Object, Boolean> inputs = new IdentityHashMap<>();
    ActivityRef<Object, Counter> count = ActivityRef.of("Count", Object.class, Counter.class);
    EpisodeDriver d =
        EpisodeDriver.of(
                Counter.class,
                Object.class,
                new Counter(),
                (ctx, input) -> {
                  inputs.put(input, true);
                  input.value++;
                  Counter counter = ctx.callActivity(count, input.value).await();
                  inputs.put(counter, true);
                  counter.value++;
                  ctx.waitForExternalEvent(GO).await();
                  return input.value + counter.value;
                })
            .warm()
            .withoutReplays()
            .begin()
            .complete(0, new Counter());
    d.replay();
    assertThat(inputs).hasSize(5);
    assertThat(d.raise("Go", "").output()).isEqualTo(2);
  }

  @Test
  void a_changed_argument_is_told_cold_and_not_warm() {
    int[] run = {0};
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  String one = ctx.callActivity(ECHO, run[0]).await();
                  return one + ctx.waitForExternalEvent(GO).await();
                })
            .lenient()
            .withoutReplays()
            .warm()
            .begin();
    run[0] = 1;
    d.complete(0, "a");
    assertThat(d.last().warnings()).isEmpty();
    d.warm().raise("Other", "");
    assertThat(d.last().warnings()).singleElement().asString().contains("input of step 0");
    assertThat(d.raise("Go", "b").last().warnings()).as("looked at once").isEmpty();
    assertThat(d.output()).isEqualTo("ab");
  }

  @Test
  void a_hard_mismatch_that_is_found_warm_shows_what_the_code_gave() {
    int[] run = {0};
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx ->
                    run[0] == 0
                        ? ctx.callActivity(ECHO, "old").await()
                        : ctx.callActivity(ActivityRef.of("New", String.class, String.class), "new")
                            .await())
            .withoutReplays()
            .warm()
            .begin();
    run[0] = 1;
    d.complete(0, "a");
    assertThat(d.blocked().why())
        .contains("Recorded: activity 'Echo' with [\"old\"]")
        .contains("Produced: activity 'New' with [\"new\"]")
        .contains("MemoTest.java:");
  }

  /** Cannot be written. */
  static final class Opaque {
    public String getSecret() {
      throw new UnsupportedOperationException("secret");
    }
  }

  @Test
  void an_argument_that_could_not_be_written_cannot_be_later() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<String> call;
                  try {
                    call = ctx.callActivity(ECHO, new Opaque());
                  } catch (PayloadException e) {
                    call = ctx.callActivity(ECHO, "plain");
                    ctx.callActivity(ECHO, "told").await();
                  }
                  return call.await();
                })
            .warm()
            .begin()
            .complete(1, "b")
            .complete(0, "a");
    assertThat(d.output()).isEqualTo("a");
    assertThat(d.allActions()).hasSize(3);
  }
}
