package io.durable4j.inmemory;

import static io.durable4j.inmemory.EntityStand.call;
import static io.durable4j.inmemory.EntityStand.having;
import static io.durable4j.inmemory.EntityStand.locked;
import static io.durable4j.inmemory.EntityStand.queueing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.client.EntityCleaning;
import io.durable4j.client.EntityCleanup;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.entity.Sorting;
import io.durable4j.message.Message;
import io.durable4j.orchestration.EntityId;
import io.durable4j.spi.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Empty entities go, and locks of holders that are gone are given back. */
final class EntityCleanupTest {
  private static final Duration LONG = Duration.ofMinutes(31);

  private final EntityStand stand = new EntityStand();

  private EntityCleanup clean() {
    return stand.client.cleanEntities(EntityCleaning.DEFAULT);
  }

  private List<String> left() {
    return stand.client.entities(q -> q.withTransients()).map(e -> e.id().instanceId()).toList();
  }

  private static Payload release(String holder, String id) {
    return EntityJson.encode(new Release(new InstanceId(holder), id));
  }

  @Test
  void anEmptyEntityGoesWhenItIsOld() {
    stand.put("@a@1", having(null));
    stand.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(clean()).isEqualTo(new EntityCleanup(0, 0, null));
    assertThat(left()).containsExactly("@a@1");
    stand.clock.advance(Duration.ofSeconds(1));
    assertThat(clean()).isEqualTo(new EntityCleanup(1, 0, null));
    assertThat(left()).isEmpty();
    assertThat(clean()).as("done twice").isEqualTo(new EntityCleanup(0, 0, null));
  }

  @Test
  void theAgeIsAnOption() {
    stand.put("@a@1", having(null));
    assertThat(
            stand.client.cleanEntities(EntityCleaning.DEFAULT.olderThan(Duration.ZERO)).removed())
        .isEqualTo(1);
  }

  @Test
  void whatHasSomethingStays() {
    Sorting.Received early =
        new Sorting.Received(
            TestClock.START, new ExecutionId("e1"), Map.of(Instant.EPOCH, call("add", "o")));
    Sorting waits = new Sorting(Map.of(), Map.of(new InstanceId("o"), early), null, null);
    stand.put("@a@early", new Scheduler(null, List.of(), null, null, waits));
    stand.put("@a@exists", having("1"));
    stand.put("@a@queue", queueing(call("add", null)));
    stand.put("@a@unreadable", new Payload("[1]"), InstanceState.EMPTY_ENTITY);
    stand.flow("flow", OrchestrationStatus.COMPLETED);
    stand.clock.advance(LONG);
    assertThat(clean()).isEqualTo(new EntityCleanup(0, 0, null));
    for (String id : List.of("@a@early", "@a@exists", "@a@queue", "@a@unreadable", "flow")) {
      assertThat(stand.hub.get(id)).as(id).isPresent();
    }
  }

  @Test
  void whatIsOnlyRememberedOfMessagesGoes() {
    Sorting.Received last = new Sorting.Received(TestClock.START, null, Map.of());
    Sorting all =
        new Sorting(
            Map.of(new InstanceId("@b@1"), TestClock.START),
            Map.of(new InstanceId("o"), last),
            null,
            null);
    stand.put("@a@1", new Scheduler(null, List.of(), null, null, all));
    stand.clock.advance(LONG);
    assertThat(clean().removed()).isEqualTo(1);
  }

  @Test
  void whatDidSomethingMeanwhileStays() {
    stand.put("@a@1", having(null));
    stand.clock.advance(LONG);
    stand.beforePurge = s -> stand.put("@a@1", having("5"));
    assertThat(clean().removed()).isZero();
    assertThat(stand.client.entityState(EntityId.named("a", "1"), Integer.class)).hasValue(5);
  }

  @Test
  void aLostAnswerIsAskedForAgain() {
    stand.put("@a@1", having(null));
    stand.clock.advance(LONG);
    AtomicInteger calls = new AtomicInteger();
    stand.beforePurge =
        s -> {
          if (calls.incrementAndGet() == 1) {
            stand.hub.instances().purge(s);
            throw new StorageException("the answer is lost", null);
          }
        };
    assertThat(clean().next()).isNull();
    assertThat(calls).hasValue(2);
    assertThat(left()).isEmpty();
  }

  @Test
  void theLockOfAHolderThatIsGoneIsGivenBack() {
    for (OrchestrationStatus s : OrchestrationStatus.values()) {
      stand.flow("flow-" + s, s);
      stand.put("@a@" + s, locked("1", "flow-" + s, "lock-" + s));
    }
    stand.put("@a@nobody", locked(null, "purged", "lock-9"));
    stand.clock.advance(LONG);
    assertThat(clean()).isEqualTo(new EntityCleanup(0, 6, null));
    for (OrchestrationStatus s : OrchestrationStatus.values()) {
      if (s.isTerminal()) {
        EventRaised event = stand.event("@a@" + s);
        assertThat(event.name()).isEqualTo("release");
        assertThat(event.input()).isEqualTo(release("flow-" + s, "lock-" + s));
      } else {
        assertThat(stand.sent("@a@" + s)).as("%s", s).isEmpty();
      }
    }
    assertThat(stand.event("@a@nobody").input()).isEqualTo(release("purged", "lock-9"));
    assertThat(left()).contains("@a@nobody");
  }

  @Test
  void aLockOfAnotherEngineIsGivenBackByItsHolder() {
    stand.put("@a@1", locked("1", "gone", null));
    clean();
    assertThat(stand.event("@a@1").input()).isEqualTo(release("gone", Release.ORPHANED));
  }

  @Test
  void aRepeatForTheSameBatchIsTheSameMessage() {
    stand.put("@a@1", locked("1", "gone", "lock"));
    clean();
    clean();
    List<Message> first = stand.sent("@a@1");
    assertThat(first).hasSize(1);
    stand.put("@a@1", locked("2", "gone", "lock"));
    clean();
    List<Message> second = stand.sent("@a@1");
    assertThat(second).hasSize(1);
    assertThat(second.get(0).id()).isNotEqualTo(first.get(0).id());
  }

  @Test
  void pagesGoOnWhereTheLastOneStopped() {
    for (int i = 0; i < 5; i++) {
      stand.put("@a@" + i, having(i == 1 ? "1" : null));
    }
    stand.put("@a@9", locked("1", "gone", "lock"));
    stand.clock.advance(LONG);
    EntityCleaning two = EntityCleaning.DEFAULT.pageSize(2);
    EntityCleanup first = stand.client.cleanEntities(two);
    assertThat(first.removed()).isEqualTo(1);
    assertThat(left()).containsExactly("@a@1", "@a@2", "@a@3", "@a@4", "@a@9");
    assertThat(stand.client.cleanEntities(two).removed()).as("from the beginning").isEqualTo(1);
    EntityCleanup second = stand.client.cleanEntities(two.from(first.next()));
    assertThat(second.removed()).isEqualTo(2);
    EntityCleanup third = stand.client.cleanEntities(two.from(second.next()));
    assertThat(third).isEqualTo(new EntityCleanup(0, 1, null));
    assertThat(left()).containsExactly("@a@1", "@a@9");
  }

  @Test
  void aTokenOfAnotherQueryIsRefused() {
    stand.put("@a@1", having("1"));
    stand.put("@a@2", having("1"));
    String token = stand.client.entityPage(q -> q.pageSize(1), null).next();
    assertThatThrownBy(() -> stand.client.cleanEntities(EntityCleaning.DEFAULT.from(token)))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("another query");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntityCleaning.DEFAULT.olderThan(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> EntityCleaning.DEFAULT.pageSize(0));
    assertThatIllegalArgumentException().isThrownBy(() -> EntityCleaning.DEFAULT.pageSize(1001));
  }
}
