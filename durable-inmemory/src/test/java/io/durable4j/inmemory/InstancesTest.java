package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.Payload;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.CommitOutcome.Refused;
import io.durable4j.spi.CommitOutcome.Stale;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.CreateOutcome.Exists;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.HistoryChange.Restart;
import io.durable4j.spi.HistoryChange.Rewrite;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import io.durable4j.spi.WorkerId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creation, commits and their refusals, purge. */
final class InstancesTest {
  private final TestClock clock = new TestClock();
  private final TestHub hub = TestHub.of(InMemoryBackend.create(new Settings(clock, 100, 1)));

  private Stored load(String id) {
    return hub.instances().load(new InstanceId(id), hub.fence(id));
  }

  private CommitOutcome commit(HistoryChange history, List<Outbound> out, List<Delivery> in) {
    return hub.instances().commit(turn(history, out, in));
  }

  private TurnCommit turn(HistoryChange history, List<Outbound> out, List<Delivery> in) {
    InstanceState next = Samples.state("a", "e1", RUNNING);
    return hub.turn(next, hub.version("a"), history, out, in);
  }

  private static Append nothing() {
    return new Append(List.of());
  }

  @Test
  void anInstanceComesWithItsStartMessageOnce() {
    assertThat(hub.create("a", "e1")).isTrue();
    assertThat(hub.create("a", "e1")).as("the same start again").isTrue();
    assertThat(hub.receive("a")).hasSize(1);
    assertThat(hub.create("a", "e2")).as("another start").isFalse();
    assertThat(load("a").state()).isEqualTo(Samples.instance("a", "e1").state());
    assertThat(load("a").lastCommit()).isNull();
  }

  @Test
  void anInstanceIsReplacedAsThePolicySays() {
    hub.create("a", "e1");
    MessageId known = MessageId.derived("known");
    InstanceState done = Samples.state("a", "e1", COMPLETED).withConsumed(List.of(known));
    Append one = new Append(List.of(Samples.recorded("one")));
    hub.instances().commit(hub.turn(done, hub.version("a"), one, List.of(), hub.receive("a")));
    var again = Samples.instance("a", "e2");
    assertThat(hub.instances().create(again, ReusePolicy.ifFailed())).isEqualTo(new Exists(done));
    assertThat(hub.instances().create(again, ReusePolicy.ifFinished())).isEqualTo(new Created());
    assertThat(load("a").history()).isEmpty();
    assertThat(load("a").state()).isEqualTo(again.replacing(done));
    assertThat(load("a").state().start().generation()).isEqualTo(1);
    assertThat(load("a").state().consumed()).containsExactly(known);
    assertThat(hub.receive("a")).hasSize(1);
  }

  @Test
  void aCommitTakesEffectAsAWhole() {
    hub.create("a", "e1");
    TurnCommit c =
        turn(
            new Append(List.of(Samples.recorded("one"))),
            List.of(Samples.activity("a", "X", "1", true), Samples.activity("a", "X", "2", false)),
            hub.receive("a"));
    Committed done = (Committed) hub.instances().commit(c);
    assertThat(done.claimed()).hasSize(1);
    assertThat(done.mayReturn()).isEmpty();
    assertThat(load("a").version()).isEqualTo(done.now()).isNotEqualTo(c.basedOn());
    assertThat(load("a").lastCommit()).isEqualTo(c.id());
    assertThat(load("a").history()).containsExactly(Samples.recorded("one"));
    assertThat(hub.activities(null)).hasSize(1);
    clock.advance(TestHub.LEASE);
    assertThat(hub.receive("a")).isEmpty();
    assertThat(hub.activities(null)).hasSize(2);
    assertThat(hub.instances().commit(c)).as("done twice").isInstanceOf(Stale.class);
    assertThat(load("a").history()).hasSize(1);
  }

  @Test
  void historyIsAppendedOrReplaced() {
    hub.create("a", "e1");
    HistoryEvent one = Samples.recorded("one");
    HistoryEvent two = Samples.recorded("two");
    commit(new Append(List.of(one)), List.of(), List.of());
    commit(new Append(List.of(two, one)), List.of(), List.of());
    assertThat(load("a").history()).containsExactly(one, two, one);
    commit(new Rewrite(List.of(two)), List.of(), List.of());
    assertThat(load("a").history()).containsExactly(two);
    commit(nothing(), List.of(), List.of());
    commit(new Restart(List.of(one)), List.of(), List.of());
    assertThat(load("a").history()).containsExactly(one);
  }

  @Test
  void aCommitUnderAFormerFenceIsStaleAndALoadFails() {
    hub.create("a", "e1");
    TurnCommit c = turn(nothing(), List.of(Samples.event("a", "x")), List.of());
    hub.claim(Samples.control("a").shard(), new WorkerId("w2"));
    assertThat(hub.instances().commit(c)).isInstanceOf(Stale.class);
    assertThatThrownBy(() -> load("a")).isInstanceOf(StorageException.class);
    assertThat(hub.get("a").orElseThrow().status()).isEqualTo(OrchestrationStatus.PENDING);
    assertThat(hub.messages().stats(Samples.control("a")).length()).isEqualTo(1);
  }

  @Test
  void aCommitWhoseDeliveryIsGoneIsStale() {
    hub.create("a", "e1");
    List<Delivery> first = hub.receive("a");
    clock.advance(TestHub.LEASE);
    List<Delivery> second = hub.receive("a");
    Version before = hub.version("a");
    assertThat(commit(nothing(), List.of(), first)).isInstanceOf(Stale.class);
    assertThat(hub.version("a")).isEqualTo(before);
    assertThat(commit(nothing(), List.of(), second)).isInstanceOf(Committed.class);
    assertThat(commit(nothing(), List.of(), second)).isInstanceOf(Stale.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "999", "an etag"})
  void aCommitThatIsBasedOnAnotherVersionIsStale(String version) {
    hub.create("a", "e1");
    TurnCommit c = turn(nothing(), List.of(), List.of());
    assertThat(hub.instances().commit(basedOn(new Version(version), c))).isInstanceOf(Stale.class);
    assertThat(hub.instances().commit(c)).isInstanceOf(Committed.class);
  }

  private static TurnCommit basedOn(Version version, TurnCommit c) {
    return new TurnCommit(
        c.id(),
        c.fence(),
        version,
        c.history(),
        c.next(),
        c.outbound(),
        c.claimLease(),
        c.consumed(),
        c.retract());
  }

  @Test
  void aTurnMayCreateTheInstanceItRunsFor() {
    hub.messages().send(List.of(Samples.event("a", "start")), TestHub.LEASE);
    assertThat(load("a").state()).isNull();
    TurnCommit c = turn(nothing(), List.of(), hub.receive("a"));
    assertThat(hub.instances().commit(c)).isInstanceOf(Committed.class);
    assertThat(hub.get("a")).isPresent();
  }

  @Test
  void retractDropsWhatWaitsAndNothingElse() {
    hub.create("a", "e1");
    Outbound timer = Samples.event("a", "timer", TestClock.START.plusSeconds(60));
    Outbound running = Samples.activity("a", "X", "1", true);
    Outbound waiting = Samples.activity("a", "X", "2", false);
    commit(nothing(), List.of(timer, running, waiting), hub.receive("a"));
    TurnCommit c = turn(nothing(), List.of(), List.of());
    var all = Set.of(timer.message().id(), running.message().id(), waiting.message().id());
    hub.instances()
        .commit(
            new TurnCommit(
                c.id(),
                c.fence(),
                c.basedOn(),
                c.history(),
                c.next(),
                c.outbound(),
                c.claimLease(),
                c.consumed(),
                all));
    assertThat(hub.messages().stats(Samples.control("a")).length()).isZero();
    assertThat(hub.messages().stats(QueueId.activity(0)).length()).isEqualTo(1);
    clock.advance(TestHub.LEASE);
    assertThat(hub.activities(null).get(0).message()).isEqualTo(running.message());
  }

  @Test
  void whatIsTooLargeIsRefused() {
    hub.create("a", "e1");
    Version before = hub.version("a");
    InstanceState next = Samples.state("a", "e1", RUNNING);
    var p = next.progress();
    var large =
        new InstanceState.Progress(
            p.status(),
            p.updatedAt(),
            null,
            new Payload("x".repeat(101)),
            null,
            null,
            List.of(),
            null);
    CommitOutcome outcome =
        hub.instances().commit(hub.turn(next.with(large), before, nothing(), List.of(), List.of()));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.why().type()).isEqualTo("PayloadTooLarge"));
    assertThat(hub.version("a")).isEqualTo(before);
  }

  @Test
  void onlyTheFinishedExecutionThatWasSeenIsPurged() {
    hub.create("a", "e1");
    assertThat(hub.instances().purge(hub.get("a").orElseThrow())).as("live").isFalse();
    hub.commit("a", COMPLETED, List.of(), List.of(), hub.receive("a"));
    assertThat(hub.instances().purge(Samples.state("a", "e0", COMPLETED))).isFalse();
    InstanceState seen = hub.get("a").orElseThrow();
    assertThat(hub.instances().purge(seen)).isTrue();
    assertThat(hub.instances().purge(seen)).as("gone").isFalse();
    assertThat(hub.get("a")).isEmpty();
    assertThat(load("a").history()).isEmpty();
  }
}
