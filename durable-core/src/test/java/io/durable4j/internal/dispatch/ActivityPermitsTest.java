package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Limits;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActivityPermitsTest {
  private final AtomicInteger freed = new AtomicInteger();

  private ActivityPermits permits(int total, boolean nameFilter) {
    Registry registry = new Registry();
    add(registry, "Free", Limits.NONE);
    add(registry, "Capped", Limits.NONE.maxConcurrent(2));
    return new ActivityPermits(total, registry, nameFilter, freed::incrementAndGet);
  }

  private static void add(Registry registry, String name, Limits limits) {
    ActivityRef<Integer, Integer> ref = ActivityRef.of(name, Integer.class, Integer.class);
    registry.add(ActivityKinds.ofFunction(ref, n -> n, limits));
  }

  private static Message call(String name, int n) {
    Address to = new Address(new InstanceId("i"), new ExecutionId("e"));
    TaskScheduled body = new TaskScheduled(name, "", null, Map.of(), null, n, false);
    return new Message(
        to, to, new HistoryEvent(n, Instant.EPOCH, MessageId.derived("call", name, n), body));
  }

  private static List<Outbound> turn(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> new Outbound(call(name, n), QueueId.activity(0), Instant.EPOCH, true))
        .toList();
  }

  private static long claimed(Claims claims) {
    return claims.outbound().stream().filter(Outbound::claim).count();
  }

  private static Fetch some(@Nullable Fetch fetch) {
    return Objects.requireNonNull(fetch);
  }

  @Test
  void who_knows_no_activity_fetches_none_whether_storage_filters_or_not() {
    for (boolean nameFilter : new boolean[] {true, false}) {
      ActivityPermits permits = new ActivityPermits(5, new Registry(), nameFilter, () -> {});
      assertThat(permits.picks()).isTrue();
      assertThat(permits.fetch(32)).isNull();
      assertThat(permits.all().inUse()).isZero();
      assertThat(some(permits.fetchAny(32)).max()).isEqualTo(5);
    }
    assertThat(permits(5, true).picks()).isTrue();
    assertThat(permits(5, false).picks()).isFalse();
  }

  @Test
  void a_turn_claims_what_it_knows_as_far_as_cap_and_permits_go() {
    ActivityPermits permits = permits(5, true);
    List<Outbound> outbound =
        Stream.of(turn("capped", 3), turn("unknown", 3), turn("FREE", 9))
            .flatMap(List::stream)
            .toList();
    Claims claims = permits.claim(outbound);
    assertThat(claims.outbound())
        .extracting(Outbound::message)
        .containsExactlyElementsOf(outbound.stream().map(Outbound::message).toList());
    assertThat(claims.outbound())
        .filteredOn(Outbound::claim)
        .extracting(ActivityPermitsTest::name)
        .containsExactly("capped", "capped", "FREE", "FREE", "FREE");
    assertThat(permits.all().inUse()).isEqualTo(5);
    claims.giveRest();
    assertThat(permits.all().inUse()).isZero();
    assertThat(claimed(permits.claim(turn("Capped", 3)))).isEqualTo(2);
  }

  private static String name(Outbound o) {
    return ((TaskScheduled) o.message().event().body()).name();
  }

  @Test
  void a_fetch_asks_for_no_more_than_each_of_its_names_may_run() {
    ActivityPermits permits = permits(5, true);
    Fetch fetch = some(permits.fetch(32));
    assertThat(fetch.max()).isEqualTo(2);
    assertThat(fetch.names()).containsExactly("capped", "free");
    assertThat(permits.all().inUse()).isEqualTo(2);
    assertThat(fetch.use(call("Capped", 0))).isTrue();
    assertThat(fetch.use(call("Capped", 1))).isTrue();
    assertThat(fetch.end(2)).isTrue();
    Fetch rest = some(permits.fetch(32));
    assertThat(rest.max()).isEqualTo(3);
    assertThat(rest.names()).containsExactly("free");
    rest.end(0);
    assertThat(permits.all().inUse()).isEqualTo(2);
  }

  @Test
  void a_freed_permit_of_a_cap_that_was_left_out_asks_for_a_fetch() {
    ActivityPermits permits = permits(5, true);
    permits.claim(turn("Capped", 2));
    assertThat(permits.fetchIsWanted()).isFalse();
    Fetch without = some(permits.fetch(32));
    assertThat(without.names()).containsExactly("free");
    without.end(0);
    permits.give(call("Capped", 0));
    assertThat(permits.fetchIsWanted()).isTrue();
    assertThat(permits.fetchIsWanted()).isFalse();
    Fetch with = some(permits.fetch(32));
    assertThat(with.names()).containsExactly("capped", "free");
    assertThat(with.max()).isEqualTo(1);
  }

  @Test
  void without_a_permit_there_is_no_fetch() {
    ActivityPermits permits = permits(2, true);
    permits.claim(turn("Free", 2));
    assertThat(permits.fetch(32)).isNull();
    assertThat(permits.fetchAny(32)).isNull();
    permits.give(call("Free", 0));
    assertThat(claimed(permits.claim(turn("Free", 1))))
        .as("the first that is freed is for the queue, which nobody could look at")
        .isZero();
    assertThat(some(permits.fetch(32)).max()).isEqualTo(1);
  }

  @Test
  void where_names_cannot_be_told_a_full_cap_stops_the_fetches() {
    ActivityPermits permits = permits(5, false);
    assertThat(some(permits.fetch(32)).names()).isNull();
    ActivityPermits full = permits(5, false);
    full.claim(turn("Capped", 2));
    assertThat(full.fetch(32)).isNull();
    assertThat(full.all().inUse()).isEqualTo(2);
  }
}
