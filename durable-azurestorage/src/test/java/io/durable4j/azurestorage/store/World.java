package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.data.Payload;
import io.durable4j.fixtures.contract.ManualClock;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceQueries.Token;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A hub with workers that know nothing of each other, and makers of what they store. */
final class World {
  static final HubSpec SPEC = new HubSpec("TestHub", 1);
  static final Fence FENCE = new Fence(0, new WorkerId("w"), 1);
  static final QueueId CONTROL = new QueueId(QueueId.Kind.CONTROL, 0);
  static final ExecutionId FIRST = new ExecutionId("00000000000000000000000000000001");
  static final ExecutionId OTHER = new ExecutionId("f0000000000000000000000000000001");
  static final Payload LARGE = new Payload("\"" + "x".repeat(70_000) + "\"");

  final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
  final FakeAccount account;
  private final Hook hook = new Hook();
  final TestStore.Counting random = new TestStore.Counting();
  private int commits;

  World() {
    account = new FakeAccount(clock, hook);
    TestStore.on(account).create(SPEC);
  }

  /** Does nothing until a test says what. */
  private static final class Hook implements Points {
    private Points now = Points.NONE;

    @Override
    public void at(String call) {
      now.at(call);
    }
  }

  void points(Points points) {
    hook.now = points;
  }

  TaskHub worker() {
    return TestStore.on(account, null, random).open(SPEC, Rig.wakeUps(new ArrayList<>()));
  }

  static Stored load(TaskHub worker, String id) {
    return worker.instances().load(new InstanceId(id), FENCE);
  }

  @SuppressWarnings("NullAway") // it does not see that a parent may be null
  InstanceState state(String id, ExecutionId execution, OrchestrationStatus status, Payload in) {
    Instant now = clock.instant();
    return new InstanceState(
        new InstanceId(id),
        execution,
        new InstanceState.Start("Orchestrator", "1", in, Map.of("k", "v"), null, now, null, 0),
        Progress.of(status, now),
        List.of());
  }

  HistoryEvent started(InstanceState s) {
    return HistoryEvent.of(
        clock.instant(),
        MessageId.derived("start", s.execution()),
        new EventBody.ExecutionStarted(
            s.id(),
            s.execution(),
            s.name(),
            s.start().version(),
            s.start().input(),
            s.start().tags(),
            null,
            null,
            0));
  }

  List<HistoryEvent> events(String name, int count) {
    List<HistoryEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(event(name + i, new Payload("\"ü\"")));
    }
    return events;
  }

  HistoryEvent event(String name, Payload payload) {
    return HistoryEvent.of(
        clock.instant(), MessageId.derived("past", name), new EventBody.EventRaised(name, payload));
  }

  /** A history that begins with the start of a state. */
  List<HistoryEvent> whole(InstanceState s, String name, int count) {
    List<HistoryEvent> events = new ArrayList<>();
    events.add(started(s));
    events.addAll(events(name, count - 1));
    return events;
  }

  TurnCommit commit(Stored seen, HistoryChange change, InstanceState next) {
    return new TurnCommit(
        new CommitId(new UUID(7, ++commits)),
        FENCE,
        seen.version(),
        change,
        next,
        List.of(message("task" + commits)),
        Duration.ofSeconds(30),
        worker()
            .messages()
            .receive(CONTROL, new Receive(9, Duration.ofSeconds(30), FENCE, null))
            .deliveries(),
        Set.of());
  }

  Outbound message(String name) {
    Message m =
        new Message(
            new Address(new InstanceId("elsewhere"), null), null, event(name, new Payload("1")));
    return new Outbound(m, QueueId.activity(0), clock.instant(), true);
  }

  NewInstance creation(InstanceState s) {
    Message m = new Message(new Address(s.id(), s.execution()), null, started(s));
    return new NewInstance(s, new Outbound(m, CONTROL, clock.instant(), false));
  }

  /** Goes on with what is there, whatever it is, as a worker would. */
  Stored goOn(TaskHub worker, String id) {
    Stored seen = load(worker, id);
    clock.advance(Duration.ofSeconds(31)); // so that each row is written
    InstanceState was = seen.state();
    InstanceState next =
        was == null
            ? state(id, OTHER, OrchestrationStatus.RUNNING, new Payload("9"))
            : was.with(
                Progress.of(
                    was.status().isTerminal() ? was.status() : OrchestrationStatus.RUNNING,
                    clock.instant()));
    List<HistoryEvent> events = seen.history().isEmpty() ? whole(next, "on", 3) : events("on", 2);
    TurnCommit c = commit(seen, new HistoryChange.Append(events), next);
    assertThat(worker.instances().commit(c)).isInstanceOf(CommitOutcome.Committed.class);
    List<HistoryEvent> all = new ArrayList<>(seen.history());
    all.addAll(events);
    Stored after = load(worker(), id);
    assertThat(after.history()).isEqualTo(all);
    assertThat(after.state()).isEqualTo(next);
    assertThat(after.lastCommit()).isEqualTo(c.id());
    return after;
  }

  /** Queries show what was loaded, once it was. */
  void assertQueried(TaskHub worker, String id) {
    assertThat(worker.queries().get(new InstanceId(id)))
        .isEqualTo(Optional.ofNullable(load(worker, id).state()));
  }

  /** Every reader agrees: queries, pages of the history, and an engine that counts no events. */
  void assertAgreed(TaskHub worker, String id) {
    Stored stored = load(worker, id);
    InstanceId instance = new InstanceId(id);
    assertQueried(worker, id);
    List<HistoryEvent> paged = new ArrayList<>();
    @Nullable Token token = null;
    do {
      var page = worker.queries().history(instance, null, token);
      paged.addAll(page.items());
      token = page.next();
    } while (token != null);
    assertThat(paged).isEqualTo(stored.history());
    if (stored.state() != null) {
      assertThat(HistoryRows.countOf(rows(), Objects.requireNonNull(stored.state()).execution()))
          .isEqualTo(stored.history().size());
    }
  }

  /** The activities that wait to be run. */
  List<MessageId> activities() {
    Receive how = new Receive(99, Duration.ofSeconds(30), null, null);
    return worker().messages().receive(QueueId.activity(0), how).deliveries().stream()
        .map(d -> d.message().id())
        .toList();
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    String token = null;
    do {
      Tables.Page page =
          account.tables().find("TestHubHistory", new Tables.Find("", List.of(), 1000), token);
      page.rows().forEach(f -> rows.add(f.row()));
      token = page.next();
    } while (token != null);
    return rows;
  }
}
