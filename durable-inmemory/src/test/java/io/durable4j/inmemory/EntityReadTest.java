package io.durable4j.inmemory;

import static io.durable4j.inmemory.EntityStand.call;
import static io.durable4j.inmemory.EntityStand.having;
import static io.durable4j.inmemory.EntityStand.locked;
import static io.durable4j.inmemory.EntityStand.queueing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.client.EntityInfo;
import io.durable4j.client.EntityPage;
import io.durable4j.client.EntityQuery;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.NotAnOrchestrationException;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.entity.Sorting;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a client reads of entities. */
final class EntityReadTest {
  private static final EntityId<Object> ID = EntityId.named("counter", "a");

  private final EntityStand stand = new EntityStand();

  private List<String> ids(UnaryOperator<EntityQuery> which) {
    return stand.client.entities(which).map(e -> e.id().instanceId()).toList();
  }

  @Test
  void aStateIsReadAsItsType() {
    stand.put("@counter@a", having("{\"n\":[17]}"));
    assertThat(stand.client.entityState(ID, new TypeRef<Map<String, List<Long>>>() {}))
        .hasValue(Map.of("n", List.of(17L)));
    stand.put("@counter@a", having("17"));
    assertThat(stand.client.entityState(ID, Integer.class)).hasValue(17);
    assertThat(stand.client.entityState(EntityId.named("Counter", "a"), Integer.class))
        .hasValue(17);
    assertThat(stand.client.entityState(EntityId.named("counter", "A"), Integer.class)).isEmpty();
    assertThatThrownBy(() -> stand.client.entityState(ID, UUID.class))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("@counter@a");
  }

  @Test
  void whatDoesNotExistHasNoState() {
    assertThat(stand.client.entityState(ID, Integer.class)).isEmpty();
    assertThat(stand.client.entity(ID)).isEmpty();
    stand.put("@counter@a", having(null));
    assertThat(stand.client.entityState(ID, Integer.class)).isEmpty();
    assertThat(stand.client.entity(ID)).get().matches(e -> !e.exists());
  }

  @Test
  void anEntityWrittenByNobodyYetHasNothing() {
    stand.put("@counter@a", null, InstanceState.EMPTY_ENTITY);
    EntityInfo info = stand.client.entity(ID).orElseThrow();
    assertThat(info.exists()).isFalse();
    assertThat(info.queued()).isZero();
    assertThat(info.lockedBy()).isNull();
  }

  @Test
  void anEntityTellsOfItself() {
    stand.clock.advance(Duration.ofMinutes(3));
    Sorting.Received early =
        new Sorting.Received(
            TestClock.START, new ExecutionId("e1"), Map.of(Instant.EPOCH, call("add", "o")));
    stand.put(
        "@counter@a",
        new Scheduler(
            new Payload("17"),
            List.of(call("add", "other"), call("get", null)),
            new InstanceId("order-42"),
            null,
            new Sorting(Map.of(), Map.of(new InstanceId("o"), early), null, null)));
    EntityInfo info = stand.client.entity(ID).orElseThrow();
    assertThat(info.id()).isEqualTo(ID);
    assertThat(info.exists()).isTrue();
    assertThat(info.modifiedAt()).isEqualTo(TestClock.START.plusSeconds(180));
    assertThat(info.queued()).as("two in the queue, one for its predecessor").isEqualTo(3);
    assertThat(info.lockedBy()).isEqualTo("order-42");
    assertThat(info.state(Integer.class)).hasValue(17);
    assertThat(info.state(new TypeRef<Integer>() {})).hasValue(17);
    assertThatThrownBy(() -> info.state(UUID.class))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("@counter@a");
  }

  @Test
  void unreadableEntitiesAreNamed() {
    stand.put("@counter@a", new Payload("[1]"), InstanceState.EMPTY_ENTITY);
    assertThatThrownBy(() -> stand.client.entity(ID))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("@counter@a");
    assertThat(stand.client.instance("@counter@a").explain()).contains("cannot be read");
  }

  @Test
  void entitiesAreFoundByNameAndKey() {
    for (String id : List.of("@a@1", "@a@11", "@a@2", "@ab@1", "@b@1", "@b@x@y")) {
      stand.put(id, having("1"));
    }
    stand.flow("a", OrchestrationStatus.RUNNING);
    assertThat(ids(q -> q)).containsExactly("@a@1", "@a@11", "@a@2", "@ab@1", "@b@1", "@b@x@y");
    assertThat(ids(q -> q.name("A"))).containsExactly("@a@1", "@a@11", "@a@2");
    assertThat(ids(q -> q.keys("a", "1"))).containsExactly("@a@1", "@a@11");
    assertThat(ids(q -> q.keys("b", "x@"))).containsExactly("@b@x@y");
    assertThat(ids(q -> q.keys("a", "none"))).isEmpty();
    assertThat(ids(q -> q.name("c"))).isEmpty();
  }

  @Test
  void entitiesAreFoundByTheTimeOfTheirNewestBatch() {
    Instant start = stand.clock.instant();
    for (String id : List.of("@a@1", "@a@2", "@a@3")) {
      stand.put(id, having("1"));
      stand.clock.advance(Duration.ofSeconds(10));
    }
    assertThat(ids(q -> q.modifiedFrom(start.plusSeconds(10)))).containsExactly("@a@2", "@a@3");
    assertThat(ids(q -> q.modifiedTo(start.plusSeconds(10)))).containsExactly("@a@1");
  }

  @Test
  void transientOnesAreFoundWhenAskedFor() {
    stand.put("@a@deleted", having(null));
    stand.put("@a@exists", having("1"));
    stand.put("@a@locked", locked(null, "o", null));
    stand.put("@a@queue", queueing(call("add", null)));
    assertThat(ids(q -> q)).containsExactly("@a@exists");
    assertThat(ids(EntityQuery::withTransients))
        .containsExactly("@a@deleted", "@a@exists", "@a@locked", "@a@queue");
  }

  @Test
  void statesCanBeLeftOut() {
    stand.put("@a@1", locked("1", "order-42", null));
    EntityInfo e = stand.client.entities(EntityQuery::withoutState).findFirst().orElseThrow();
    assertThat(e.exists()).isTrue();
    assertThat(e.lockedBy()).isEqualTo("order-42");
    assertThat(e.queued()).isZero();
    assertThat(e.modifiedAt()).isEqualTo(TestClock.START);
    assertThatIllegalStateException()
        .isThrownBy(() -> e.state(Integer.class))
        .withMessageContaining("@a@1");
    Optional<EntityInfo> with = stand.client.entities(q -> q).findFirst();
    assertThat(with.orElseThrow().state(Integer.class)).hasValue(1);
  }

  @Test
  void pagesHoldEachOnceAndTokensBelongToTheirQuery() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      stand.put("@a@" + i, having(i % 3 == 0 ? null : "1"));
      all.add("@a@" + i);
    }
    List<String> found = new ArrayList<>();
    String token = null;
    do {
      EntityPage page = stand.client.entityPage(q -> q.withTransients().pageSize(3), token);
      assertThat(page.entities()).hasSizeLessThanOrEqualTo(3);
      page.entities().forEach(e -> found.add(e.id().instanceId()));
      token = page.next();
    } while (token != null);
    assertThat(found).isEqualTo(all);
    assertThat(ids(q -> q.pageSize(1))).containsExactly("@a@1", "@a@2", "@a@4", "@a@5");
    String next = stand.client.entityPage(q -> q.pageSize(2), null).next();
    assertThat(next).isNotNull();
    assertThat(stand.client.entityPage(q -> q.pageSize(5), next).entities()).hasSize(3);
    assertThatThrownBy(() -> stand.client.entityPage(q -> q.name("a"), next))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("another query");
    assertThatThrownBy(() -> stand.client.page(q -> q, next))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("another query");
  }

  @Test
  void aQueryThatNoEntityCanMatchIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> EntityQuery.ALL.name("a@b"));
    assertThatIllegalArgumentException().isThrownBy(() -> EntityQuery.ALL.name(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EntityQuery(null, "k", null, null, true, false, 1))
        .withMessageContaining("of one name");
    assertThatIllegalArgumentException().isThrownBy(() -> EntityQuery.ALL.pageSize(0));
    assertThatIllegalArgumentException().isThrownBy(() -> EntityQuery.ALL.pageSize(1001));
  }

  @Test
  void orchestrationsAreFoundWithoutEntities() {
    stand.put("@a@1", having("1"));
    stand.flow("flow", OrchestrationStatus.RUNNING);
    assertThat(stand.client.query(q -> q)).extracting(s -> s.id().value()).containsExactly("flow");
    assertThat(stand.client.query(q -> q.prefix("@"))).isEmpty();
    assertThat(stand.client.page(q -> q.status(OrchestrationStatus.RUNNING), null).instances())
        .hasSize(1);
    stand.client.terminate(q -> q, "all", io.durable4j.client.Batch.ALL);
    assertThat(stand.sent("@a@1")).isEmpty();
  }

  @Test
  void anEntityIsSteeredByNobody() {
    stand.put("@a@1", having("1"));
    InstanceHandle<?> h = stand.client.instance("@a@1");
    Map<String, ThrowingCallable> asked =
        Map.of(
            "signal(entity", () -> h.raise(EventRef.of("e", String.class), "x"),
            "delete", () -> h.terminate("why"),
            "ctx.lock", () -> h.suspend("why"),
            "paused", () -> h.resume("why"),
            "rewound", () -> h.rewind("why"),
            "beginning", () -> h.restart(Duration.ZERO),
            "go back", () -> h.restartAs("other"),
            "cleanEntities", h::purge,
            "is not purged", () -> h.purge(true),
            "entityState", () -> h.result(Duration.ZERO));
    asked.forEach(
        (what, call) ->
            assertThatThrownBy(call)
                .as(what)
                .isInstanceOfSatisfying(
                    NotAnOrchestrationException.class,
                    e -> assertThat(e.instanceId()).isEqualTo("@a@1"))
                .hasMessageStartingWith("Entity @a@1 ")
                .hasMessageContaining(what));
    assertThat(stand.sent("@a@1")).isEmpty();
    assertThat(h.find()).isPresent();
  }

  @Test
  void anEntityIsExplained() {
    InstanceHandle<?> h = stand.client.instance("@a@1");
    assertThat(h.explain()).contains("Entity @a@1 does not exist", "In its mailbox here: op");
    stand.put("@a@1", having(null));
    assertThat(h.explain()).contains("2024-05-01T12:00:00Z", "It has no state");
    stand.put("@a@1", locked("12345", "order-42", null));
    assertThat(h.explain()).contains("a state of 5 bytes", "Locked by order-42");
    stand.put(
        "@a@1",
        queueing(
            call("add", "order-1"),
            call("get", null),
            call("1", "x"),
            call("2", "x"),
            call("3", "x"),
            call("4", "x")));
    assertThat(h.explain())
        .contains("Waits in it: call of add from order-1", "signal get from a client", "and 1 more")
        .doesNotContain("call of 4", "sent before them");
  }
}
