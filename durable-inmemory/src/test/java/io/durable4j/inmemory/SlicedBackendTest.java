package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static io.durable4j.history.OrchestrationStatus.PENDING;
import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.fixtures.profile.SlicedBackend;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.CreateOutcome.Exists;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.Receive;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import io.durable4j.spi.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A commit of four messages, seven events and one deletion has the points that are named here. */
class SlicedBackendTest {
  private static final int BETWEEN_MESSAGES = 1;
  private static final int FIRST_SLICE = 2;
  private static final int SECOND_SLICE = 3;
  private static final int BEFORE_STATUS = 4;
  private static final int BEFORE_DELETIONS = 5;
  private static final InstanceId ID = new InstanceId("i");

  private final List<Runnable> actions = new ArrayList<>();
  private final TestClock clock = new TestClock();
  private final SlicedBackend backend =
      new SlicedBackend(InMemoryBackend.create(clock), this::point);
  private final TestHub h;
  private int points;

  SlicedBackendTest() {
    backend.create(TestHub.SPEC);
    h = new TestHub(backend.open(TestHub.SPEC, TestHub.DEAF));
  }

  private void point() {
    int at = points++;
    if (at < actions.size()) {
      actions.get(at).run();
    }
  }

  /** Does something at one of the next points. */
  private void at(int point, Runnable action) {
    actions.clear();
    points = 0;
    IntStream.range(1, point).forEach(i -> actions.add(() -> {}));
    actions.add(action);
  }

  private void failAt(int point) {
    at(
        point,
        () -> {
          throw new StorageException("point " + point, null);
        });
  }

  private static List<HistoryEvent> events(int n) {
    return IntStream.range(0, n).mapToObj(i -> Samples.recorded("e" + i)).toList();
  }

  private Stored load() {
    return h.instances().load(ID, h.fence("i"));
  }

  /** The turn that the points are named after. */
  private TurnCommit turn(Version basedOn, OrchestrationStatus status, Delivery... consumed) {
    List<Outbound> four =
        IntStream.range(0, 4)
            .mapToObj(i -> Samples.activity("i", "work", status + " " + i, i < 2))
            .toList();
    return h.turn(
        Samples.state("i", "e1", status),
        basedOn,
        new HistoryChange.Append(events(7)),
        four,
        List.of(consumed));
  }

  private OrchestrationStatus shown() {
    OrchestrationStatus status = h.queries().glance(new InstanceId("i")).orElseThrow().status();
    assertThat(h.queries().find(InstanceFilter.ALL, null, 9).items())
        .extracting(s -> s.status())
        .containsExactly(status);
    return status;
  }

  private Delivery created() {
    h.create("i", "e1");
    List<Delivery> start = h.receive("i");
    assertThat(start).hasSize(1);
    return start.get(0);
  }

  @Test
  void whatATurnIsAboutToBringToLifeIsNotGone() {
    assertThat(h.queries().isGone(ID)).isTrue();
    h.messages().send(List.of(Samples.event("i", "start")), TestHub.LEASE);
    TurnCommit c = turn(load().version(), RUNNING, h.receive("i").get(0));
    at(BETWEEN_MESSAGES, () -> assertThat(h.queries().isGone(ID)).isFalse());
    assertThat(h.instances().commit(c)).isInstanceOf(Committed.class);
    assertThat(h.queries().isGone(ID)).isFalse();
    assertThat(h.instances().commit(turn(load().version(), COMPLETED)))
        .isInstanceOf(Committed.class);
    assertThat(h.queries().isGone(ID)).isTrue();
  }

  @Test
  void everySliceIsTakenInOrder() {
    Delivery start = created();
    TurnCommit c = turn(load().version(), COMPLETED, start);
    at(BETWEEN_MESSAGES, () -> assertThat(h.activities(null)).hasSize(1));
    CommitOutcome outcome = h.instances().commit(c);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Committed.class,
            done -> {
              assertThat(done.claimed()).hasSize(2);
              assertThat(done.mayReturn()).isEmpty();
              assertThat(done.now()).isEqualTo(load().version());
            });
    assertThat(points).isEqualTo(BEFORE_DELETIONS);
    assertThat(shown()).isEqualTo(COMPLETED);
  }

  @Test
  void whatWasSentStaysAndNoPartOfTheHistoryIsShown() {
    Delivery start = created();
    Version before = load().version();
    for (int point : List.of(BETWEEN_MESSAGES, FIRST_SLICE, SECOND_SLICE)) {
      failAt(point);
      Stored seen = load();
      assertThatThrownBy(() -> h.instances().commit(turn(seen.version(), RUNNING, start)))
          .hasMessage("point " + point);
      assertThat(load().history()).isEmpty();
      assertThat(load().lastCommit()).isNull();
      assertThat(shown()).isEqualTo(PENDING);
    }
    assertThat(load().version()).as("a slice was written").isNotEqualTo(before);
    assertThat(h.instances().commit(turn(before, RUNNING))).isInstanceOf(Stale.class);
    clock.advance(TestHub.LEASE);
    assertThat(h.activities(null)).hasSize(4);
    assertThat(h.receive("i")).hasSize(1);
  }

  private TurnCommit completedBehindItsStatus() {
    Delivery start = created();
    TurnCommit c = turn(load().version(), COMPLETED, start);
    failAt(BEFORE_STATUS);
    assertThatThrownBy(() -> h.instances().commit(c)).isInstanceOf(StorageException.class);
    assertThat(shown()).isEqualTo(PENDING);
    return c;
  }

  @Test
  void theStatusLagsUntilTheInstanceIsLoaded() {
    TurnCommit c = completedBehindItsStatus();
    InstanceFilter completed = new InstanceFilter(Set.of(COMPLETED), null, null, null, null, null);
    assertThat(h.queries().find(completed, null, 9).items()).isEmpty();
    assertThat(h.instances().purge(c.next())).isFalse();
    assertThat(h.instances().create(Samples.instance("i", "e2"), ReusePolicy.ifFinished()))
        .isInstanceOf(Exists.class);
    assertThat(load().lastCommit()).isEqualTo(c.id());
    assertThat(load().history()).hasSize(7);
    assertThat(shown()).isEqualTo(COMPLETED);
    clock.advance(TestHub.LEASE);
    assertThat(h.receive("i")).as("the consumed message").hasSize(1);
  }

  @Test
  void whoReadsOneInstanceGetsWhatIsStoredAndListsCatchUp() {
    TurnCommit c = completedBehindItsStatus();
    assertThat(h.queries().get(c.next().id())).contains(c.next());
    assertThat(shown()).isEqualTo(COMPLETED);
    assertThat(h.instances().purge(c.next())).isTrue();
    assertThat(h.queries().get(c.next().id())).isEmpty();
  }

  @Test
  void aDeletionThatFailsIsAnswered() {
    Delivery start = created();
    failAt(BEFORE_DELETIONS);
    assertThat(h.instances().commit(turn(load().version(), RUNNING, start)))
        .isInstanceOfSatisfying(
            Committed.class,
            done -> assertThat(done.mayReturn()).containsExactly(start.message().id()));
    assertThat(shown()).isEqualTo(RUNNING);
  }

  @Test
  void theSlowerOfTwoIsStaleAndItsMessagesStay() {
    created();
    Version seen = load().version();
    for (int point : List.of(BETWEEN_MESSAGES, FIRST_SLICE)) {
      Version now = point == BETWEEN_MESSAGES ? seen : load().version();
      at(
          point,
          () ->
              assertThat(h.commit("i", RUNNING, events(1), List.of(), List.of()))
                  .isInstanceOf(Committed.class));
      assertThat(h.instances().commit(turn(now, COMPLETED))).isInstanceOf(Stale.class);
      assertThat(shown()).isEqualTo(RUNNING);
    }
    assertThat(load().history()).hasSize(2);
    clock.advance(TestHub.LEASE);
    assertThat(h.activities(null)).hasSize(4);
  }

  @Test
  void aFormerOwnerIsNotFencedOff() {
    created();
    h.hub().messages().send(List.of(Samples.event("i", "x")), TestHub.LEASE);
    Fence former = h.fence("i");
    TurnCommit c = turn(load().version(), RUNNING);
    h.claim(former.partition(), new WorkerId("w2"));
    assertThat(
            h.messages()
                .receive(Samples.control("i"), new Receive(9, TestHub.LEASE, former, null))
                .deliveries())
        .hasSize(1);
    assertThat(h.instances().load(ID, former).state()).isNotNull();
    assertThat(h.instances().commit(c)).isInstanceOf(Committed.class);
  }

  @Test
  void aStartMessageComesBeforeItsInstance() {
    List<Delivery> early = new ArrayList<>();
    at(
        1,
        () -> {
          early.addAll(h.receive("i"));
          assertThat(load().state()).isNull();
          h.messages().delete(early);
        });
    assertThat(h.create("i", "e1")).isTrue();
    assertThat(early).hasSize(1);
    assertThat(load().state()).isNotNull();
    assertThat(load().lastCommit()).isNull();
    assertThat(h.receive("i")).as("sent once only").isEmpty();
  }

  @Test
  void theLoserOfTwoCreationsLeavesItsStartMessage() {
    at(1, () -> assertThat(h.create("i", "e2")).isTrue());
    assertThat(h.instances().create(Samples.instance("i", "e1"), ReusePolicy.never()))
        .isInstanceOf(Exists.class);
    assertThat(h.get("i").orElseThrow().execution().value()).isEqualTo("e2");
    assertThat(h.receive("i")).hasSize(2);
  }

  @Test
  void aCreationThatFailedInItsMiddleIsRepeated() {
    failAt(1);
    assertThatThrownBy(() -> h.create("i", "e1")).isInstanceOf(StorageException.class);
    assertThat(h.get("i")).isEmpty();
    assertThat(h.instances().create(Samples.instance("i", "e1"), ReusePolicy.never()))
        .isEqualTo(new Created());
    assertThat(h.receive("i")).hasSize(1);
  }
}
