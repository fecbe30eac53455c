package io.durable4j.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.LiveEpisode;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class SessionCacheTest {
  private static final Fence FENCE = new Fence(0, new WorkerId("w"), 1);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final int MEGABYTE = 1 << 20;

  private final AtomicLong nanos = new AtomicLong();

  private SessionCache cache(SessionLevel level, long bytes) {
    return new SessionCache(level, bytes, IDLE, nanos::get);
  }

  private static InstanceState state(String id, OrchestrationStatus status) {
    return new InstanceState(
        new InstanceId(id),
        new ExecutionId("e"),
        new InstanceState.Start("Flow", "", null, Map.of(), null, Instant.EPOCH, null, 0),
        Progress.of(status, Instant.EPOCH),
        List.of());
  }

  private static Session session(String id, List<HistoryEvent> history) {
    InstanceState state = state(id, OrchestrationStatus.RUNNING);
    return new Session(FENCE, new Stored(state, history, new Version("1"), null, Set.of()));
  }

  private static Session session(String id) {
    return session(id, List.of());
  }

  private static HistoryEvent event(String text) {
    return HistoryEvent.of(Instant.EPOCH, null, new EventRaised("e", new Payload(text)));
  }

  private static void commit(Session session, HistoryChange change, OrchestrationStatus next) {
    session.commits();
    CommitId id = new CommitId(new UUID(1, 1));
    InstanceState state = session.state();
    session.goOn(
        new TurnCommit(
            id,
            FENCE,
            session.stored().version(),
            change,
            state.with(Progress.of(next, Instant.EPOCH)),
            List.of(),
            Duration.ZERO,
            List.of(),
            Set.of()),
        new Committed(new Version("2"), List.of(), Set.of()));
  }

  @Test
  void aSessionIsTakenOnce() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    Session session = session("a");
    cache.put(session);
    assertThat(cache.take(new InstanceId("a"), FENCE)).isSameAs(session);
    assertThat(session.isKept()).isTrue();
    assertThat(cache.take(new InstanceId("a"), FENCE)).isNull();
  }

  @Test
  void nothingIsKeptWhenSessionsAreOff() {
    SessionCache cache = cache(SessionLevel.OFF, MEGABYTE);
    cache.put(session("a"));
    assertThat(cache.take(new InstanceId("a"), FENCE)).isNull();
    assertThat(cache.count()).isZero();
  }

  @Test
  void aSessionOfAFormerOwnershipIsOfNoUse() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    cache.put(session("a"));
    assertThat(cache.take(new InstanceId("a"), new Fence(0, new WorkerId("w"), 2))).isNull();
    cache.put(session("b"));
    cache.put(session("c"));
    cache.awaitTurn(new InstanceId("c"));
    cache.leave(FENCE);
    assertThat(cache.take(new InstanceId("b"), FENCE)).isNull();
    assertThat(cache.take(new InstanceId("c"), FENCE)).isNull();
  }

  @Test
  void anIdleSessionGoesAtItsTime() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    cache.put(session("a"));
    nanos.addAndGet(IDLE.toNanos() - 1);
    cache.tidy();
    assertThat(cache.count()).isOne();
    nanos.addAndGet(1);
    cache.tidy();
    assertThat(cache.count()).isZero();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void aBusySessionSurvivesAMillionThatHaveOneTurnEach() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    InstanceId hot = new InstanceId("hot");
    cache.put(session("hot"));
    for (int i = 0; i < 1_000_000; i++) {
      cache.put(session("once-" + i));
      if (i % 100 == 0) {
        Session session = cache.take(hot, FENCE);
        assertThat(session).as("after %d others", i).isNotNull();
        cache.put(Objects.requireNonNull(session));
      }
    }
    assertThat(cache.bytes()).isBetween(MEGABYTE / 2L, MEGABYTE * 11L / 10);
  }

  @Test
  void theBytesStayWithinTheBoundWhileSessionsGrow() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    String text = "x".repeat(1_000);
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 100; i++) {
        Session taken = cache.take(new InstanceId("i" + i), FENCE);
        Session session = taken == null ? session("i" + i) : taken;
        HistoryChange more = new HistoryChange.Append(List.of(event(text)));
        commit(session, more, OrchestrationStatus.RUNNING);
        cache.put(session);
        assertThat(cache.bytes()).isLessThan(MEGABYTE * 11L / 10);
      }
    }
    assertThat(cache.bytes()).isGreaterThan(MEGABYTE / 2);
  }

  @Test
  void aSessionThatWaitsForItsTurnStays() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    cache.put(session("a"));
    cache.awaitTurn(new InstanceId("a"));
    nanos.addAndGet(IDLE.toNanos() * 2);
    cache.tidy();
    assertThat(cache.count()).isOne();
    assertThat(cache.take(new InstanceId("a"), FENCE)).isNotNull();
  }

  @Test
  void onlyWhatStorageSurelyHasIsKept() {
    SessionCache cache = cache(SessionLevel.WARM, MEGABYTE);
    Session inDoubt = session("a");
    inDoubt.commits();
    cache.put(inDoubt);
    Session ended = session("b");
    commit(ended, new HistoryChange.Append(List.of()), OrchestrationStatus.COMPLETED);
    cache.put(ended);
    cache.put(new Session(FENCE, new Stored(null, List.of(), new Version("0"), null, Set.of())));
    assertThat(cache.count()).isZero();
  }

  @Test
  void aSessionGoesOnByWhatWasCommitted() {
    Session session = session("a", List.of(event("1")));
    session.inbox();
    commit(session, new HistoryChange.Append(List.of(event("2"))), OrchestrationStatus.RUNNING);
    assertThat(session.stored().history()).containsExactly(event("1"), event("2"));
    assertThat(session.stored().version()).isEqualTo(new Version("2"));
    assertThat(session.stored().lastCommit()).isEqualTo(new CommitId(new UUID(1, 1)));
    var memo = session.memo();
    long bytes = session.bytes();
    commit(session, new HistoryChange.Restart(List.of(event("3"))), OrchestrationStatus.RUNNING);
    assertThat(session.stored().history()).containsExactly(event("3"));
    assertThat(session.memo()).isNotSameAs(memo);
    assertThat(session.bytes()).isLessThan(bytes);
  }

  private static HistoryEvent ended() {
    return HistoryEvent.of(Instant.EPOCH, null, new OrchestratorCompleted());
  }

  private static Live waiting() {
    EpisodeInput.Rules rules =
        new EpisodeInput.Rules(
            new DerivedIds(),
            JacksonDataConverter.create(),
            null,
            1,
            true,
            "",
            (c, q) -> NOPLogger.NOP_LOGGER);
    EpisodeInput input =
        new EpisodeInput(
            new InstanceId("a"), new ExecutionId("e"), List.of(), List.of(), rules, null);
    Replay.Code code =
        new Replay.Code(
            OrchestratorRef.of("Flow", String.class, String.class), () -> (ctx, in) -> in);
    HostedStrand strand = new HostedStrand();
    LiveEpisode episode =
        LiveEpisode.prepare(input, code, body -> Optional.of(strand)).orElseThrow();
    return new Live(episode, strand);
  }

  @Test
  void whereAnOrchestratorWaitsTheHistoryIsLetGoOf() {
    SessionCache cache = cache(SessionLevel.LIVE, MEGABYTE);
    String text = "x".repeat(10_000);
    Session session = session("a", List.of(event(text), ended()));
    session.memo();
    long whole = session.bytes();
    session.park(waiting());
    cache.put(session);
    assertThat(session.isWithoutHistory()).isTrue();
    assertThat(session.stored().history()).isEmpty();
    assertThat(session.inbox().events()).isEqualTo(2);
    assertThat(session.bytes()).isLessThan(whole);
    Session taken = Objects.requireNonNull(cache.take(new InstanceId("a"), FENCE));
    commit(taken, new HistoryChange.Append(List.of(event("2"))), OrchestrationStatus.RUNNING);
    assertThat(taken.inbox().events()).isEqualTo(3);
    assertThat(taken.stored().history()).isEmpty();
    cache.put(taken);
    assertThat(cache.count()).isOne();
  }

  @Test
  void withoutHistoryAndOrchestratorASessionIsOfNoUse() {
    SessionCache cache = cache(SessionLevel.LIVE, MEGABYTE);
    Session session = session("a", List.of(event("1")));
    session.park(waiting());
    cache.put(session);
    Session taken = Objects.requireNonNull(cache.take(new InstanceId("a"), FENCE));
    assertThat(taken.takeLive()).isNotNull();
    cache.put(taken);
    assertThat(cache.count()).isZero();
    commit(taken, new HistoryChange.Restart(List.of(event("1"))), OrchestrationStatus.RUNNING);
    assertThat(taken.isWithoutHistory()).isFalse();
    cache.put(taken);
    assertThat(cache.count()).isOne();
  }

  @Test
  void whatASessionWithoutHistoryHoldsIsWeighed() {
    String text = "x".repeat(10_000);
    HistoryEvent call =
        new HistoryEvent(
            0,
            Instant.EPOCH,
            null,
            new TaskScheduled("Work", "", new Payload(text), Map.of(), null, 0, false));
    Session open = session("a", List.of(call, ended()));
    open.park(waiting());
    open.kept();
    assertThat(open.bytes()).isBetween(10_000L, 16_000L);
  }

  /** A strand that is never run. */
  private static final class HostedStrand implements Drive.Strand, LiveEpisode.Stand {
    @Override
    public boolean resume() {
      throw new IllegalStateException();
    }

    @Override
    public void pause() {
      throw new IllegalStateException();
    }

    @Override
    public void release() {
      throw new IllegalStateException();
    }

    @Override
    public void interrupt() {
      throw new IllegalStateException();
    }

    @Override
    public Drive.ThreadView view() {
      throw new IllegalStateException();
    }
  }
}
