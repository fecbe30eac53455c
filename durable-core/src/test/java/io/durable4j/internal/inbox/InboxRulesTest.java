package io.durable4j.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Stored;
import io.durable4j.spi.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InboxRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant DUE = NOW.plusSeconds(60);
  private static final InstanceId ID = new InstanceId("order-7");
  private static final InstanceId CHILD = new InstanceId("child-1");
  private static final ExecutionId MINE = new ExecutionId("e1");
  private static final FailureDetails FAILURE = FailureDetails.of("T", "m", false);
  private static final MessageId TASK = MessageId.derived("task");
  private static final MessageId SUB = MessageId.derived("sub");

  // 0 a task, 1 a timer of the future, 2 a child, 3 a timer of the past, 4 a task that was answered
  private static final List<HistoryEvent> HISTORY =
      List.of(
          HistoryEvent.of(NOW, MessageId.derived("start"), started()),
          new HistoryEvent(0, NOW, TASK, task()),
          new HistoryEvent(1, NOW, MessageId.derived("timer"), new TimerCreated(DUE)),
          new HistoryEvent(
              2, NOW, SUB, new SubOrchestrationCreated("Child", "", CHILD, null, Map.of())),
          new HistoryEvent(3, NOW, MessageId.derived("t3"), new TimerCreated(NOW)),
          new HistoryEvent(4, NOW, MessageId.derived("t4"), task()),
          HistoryEvent.of(NOW, MessageId.derived("r4"), new TaskCompleted(4, null, null)),
          HistoryEvent.of(NOW, MessageId.derived("seen"), new EventRaised("e", null)));

  private static TaskScheduled task() {
    return new TaskScheduled("Work", "", null, Map.of(), null, 0, false);
  }

  private static ExecutionStarted started() {
    return new ExecutionStarted(ID, MINE, "Flow", "", null, Map.of(), null, null, 0);
  }

  private static Stored stored(OrchestrationStatus status, List<HistoryEvent> history) {
    return stored(status, history, null);
  }

  private static Stored stored(
      OrchestrationStatus status, List<HistoryEvent> history, @Nullable Instant scheduled) {
    InstanceState state =
        new InstanceState(
            ID,
            MINE,
            new InstanceState.Start("Flow", "", null, Map.of(), null, NOW, scheduled, 0),
            Progress.of(status, NOW),
            List.of(MessageId.derived("former")));
    return new Stored(
        state, history, new Version("1"), null, Set.of(MessageId.derived("unconfirmed")));
  }

  private static Message message(String id, EventBody body) {
    return message(MINE, id, body);
  }

  private static Message message(@Nullable ExecutionId to, String id, EventBody body) {
    return new Message(
        new Address(ID, to), null, HistoryEvent.of(NOW, MessageId.derived(id), body));
  }

  private record Case(String name, Verdict wanted, Message message) {}

  private static Verdict drop(String why) {
    return new Verdict.Drop(why);
  }

  private static final Verdict ACCEPT = new Verdict.Accept();
  private static final Verdict CONSUMED = drop("it was consumed before");
  private static final Verdict NOBODY = drop("nothing waits for this result");
  private static final Verdict GHOST =
      drop("it answers a message of a turn that was not committed");
  private static final Verdict GHOST_TIMER = drop("it is a timer of a turn that was not committed");

  private static List<Case> cases() {
    MessageId other = MessageId.derived("other");
    EventBody event = new EventRaised("e", null);
    return List.of(
        new Case("event", ACCEPT, message("m", event)),
        new Case("event for any execution", ACCEPT, message(null, "m", event)),
        new Case(
            "event for another execution",
            drop("it is for another execution"),
            message(new ExecutionId("e0"), "m", event)),
        new Case("id in history", CONSUMED, message("seen", event)),
        new Case("id that may return", CONSUMED, message("unconfirmed", event)),
        new Case("id of a former execution", CONSUMED, message("former", event)),
        new Case("second start", drop("the execution has started"), message("s2", started())),
        new Case("terminate", ACCEPT, message("m", new ExecutionTerminated(null, false))),
        new Case("result", ACCEPT, message("m", new TaskCompleted(0, TASK, null))),
        new Case("nameless result", ACCEPT, message("m", new TaskCompleted(0, null, null))),
        new Case("failure", ACCEPT, message("m", new TaskFailed(0, TASK, FAILURE))),
        new Case("ghost result", GHOST, message("m", new TaskCompleted(0, other, null))),
        new Case("ghost failure", GHOST, message("m", new TaskFailed(0, other, FAILURE))),
        new Case("settled result", NOBODY, message("m", new TaskCompleted(4, null, null))),
        new Case("unscheduled result", NOBODY, message("m", new TaskCompleted(9, null, null))),
        new Case("result of a timer", GHOST, message("m", new TaskCompleted(3, null, null))),
        new Case("result of a child", GHOST, message("m", new TaskCompleted(2, null, null))),
        new Case("child", ACCEPT, message("m", new SubOrchestrationCompleted(2, SUB, null))),
        new Case("child failed", ACCEPT, message("m", new SubOrchestrationFailed(2, SUB, FAILURE))),
        new Case("ghost child", GHOST, message("m", new SubOrchestrationCompleted(2, other, null))),
        new Case(
            "child of a task", GHOST, message("m", new SubOrchestrationCompleted(0, null, null))),
        new Case("timer", ACCEPT, message("m", new TimerFired(3, NOW))),
        new Case(
            "early timer",
            new Verdict.Defer(Duration.ofSeconds(60)),
            message("m", new TimerFired(1, DUE))),
        new Case("ghost timer", GHOST_TIMER, message("m", new TimerFired(3, NOW.minusSeconds(1)))),
        new Case("timer of a task", GHOST_TIMER, message("m", new TimerFired(0, NOW))),
        new Case("unset timer", NOBODY, message("m", new TimerFired(9, NOW))));
  }

  @TestFactory
  Stream<DynamicTest> each_rule() {
    return cases().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () ->
                        assertThat(
                                new InboxRules(
                                        stored(OrchestrationStatus.RUNNING, HISTORY), true, NOW)
                                    .judge(c.message()))
                            .isEqualTo(c.wanted())));
  }

  @Test
  void nothing_is_accepted_for_no_instance_or_an_ended_one() {
    Stored none = new Stored(null, List.of(), new Version("0"), null, Set.of());
    for (Case c : cases()) {
      assertThat(new InboxRules(none, true, NOW).judge(c.message()))
          .isEqualTo(drop("there is no such instance"));
      for (OrchestrationStatus status : OrchestrationStatus.values()) {
        if (status.isTerminal()) {
          assertThat(new InboxRules(stored(status, HISTORY), true, NOW).judge(c.message()))
              .isInstanceOf(Verdict.Drop.class);
        }
      }
    }
  }

  @Test
  void an_accepted_message_changes_what_follows() {
    InboxRules rules = new InboxRules(stored(OrchestrationStatus.RUNNING, HISTORY), true, NOW);
    assertThat(rules.judge(message("a", new TaskCompleted(0, TASK, null)))).isEqualTo(ACCEPT);
    assertThat(rules.judge(message("a", new TaskCompleted(0, TASK, null)))).isEqualTo(CONSUMED);
    assertThat(rules.judge(message("b", new TaskFailed(0, TASK, FAILURE)))).isEqualTo(NOBODY);
    assertThat(rules.judge(message("c", new TimerFired(3, NOW)))).isEqualTo(ACCEPT);
    assertThat(rules.judge(message("d", new TimerFired(3, NOW)))).isEqualTo(NOBODY);
    EventBody event = new EventRaised("e", null);
    assertThat(rules.judge(message("e", event))).isEqualTo(ACCEPT);
    assertThat(rules.judge(message("e", event))).isEqualTo(CONSUMED);
    assertThat(rules.judge(message("f", event))).isEqualTo(ACCEPT);
  }

  @Test
  void a_dropped_or_deferred_message_changes_nothing() {
    InboxRules rules = new InboxRules(stored(OrchestrationStatus.RUNNING, HISTORY), true, NOW);
    Message early = message("a", new TimerFired(1, DUE));
    assertThat(rules.judge(early)).isEqualTo(rules.judge(early));
    rules.judge(message("b", new TaskCompleted(0, MessageId.derived("other"), null)));
    assertThat(rules.judge(message("b", new TaskCompleted(0, TASK, null)))).isEqualTo(ACCEPT);
  }

  @Test
  void events_before_the_start_wait_for_it() {
    Message event = message("m", new EventRaised("e", null));
    InboxRules soon = new InboxRules(stored(OrchestrationStatus.PENDING, List.of()), true, NOW);
    assertThat(soon.judge(event)).isEqualTo(new Verdict.Defer(Duration.ofMillis(100)));
    InboxRules later =
        new InboxRules(stored(OrchestrationStatus.PENDING, List.of(), DUE), true, NOW);
    assertThat(later.judge(event)).isEqualTo(new Verdict.Defer(Duration.ofSeconds(60)));
    assertThat(later.judge(message("s", started()))).isEqualTo(ACCEPT);
    assertThat(later.judge(event)).isEqualTo(ACCEPT);
  }

  private static Message message(@Nullable ExecutionId to, Duration age, EventBody body) {
    return new Message(
        new Address(ID, to), null, HistoryEvent.of(NOW.minus(age), MessageId.derived("m"), body));
  }

  private static Verdict after(long seconds) {
    return new Verdict.Defer(Duration.ofSeconds(seconds));
  }

  @Test
  void without_atomic_commits_an_unscheduled_result_may_only_be_early() {
    InboxRules rules = new InboxRules(stored(OrchestrationStatus.RUNNING, HISTORY), false, NOW);
    for (EventBody body :
        List.of(
            new TaskCompleted(9, null, null),
            new SubOrchestrationFailed(5, SUB, FAILURE),
            new TimerFired(9, NOW))) {
      assertThat(rules.judge(message(MINE, Duration.ofSeconds(-9), body))).isEqualTo(after(1));
      assertThat(rules.judge(message(MINE, Duration.ZERO, body))).isEqualTo(after(1));
      assertThat(rules.judge(message(MINE, Duration.ofSeconds(60), body))).isEqualTo(after(30));
      assertThat(rules.judge(message(MINE, Duration.ofDays(9), body))).isEqualTo(after(300));
    }
    assertThat(rules.judge(message("m", new TaskCompleted(4, null, null)))).isEqualTo(NOBODY);
  }

  @Test
  void without_atomic_commits_an_entitys_answer_waits_for_its_request() {
    InstanceId entity = new InstanceId("@counter@1");
    EventSent request = new EventSent(entity, "op", new Payload("{\"op\":\"x\",\"id\":\"r1\"}"));
    List<HistoryEvent> asked = new ArrayList<>(HISTORY);
    asked.add(new HistoryEvent(9, NOW, MessageId.derived("q"), request));
    HistoryEvent answered =
        HistoryEvent.of(NOW, MessageId.derived("a"), new EventRaised("r1", null));
    Message answer = new Message(new Address(ID, MINE), new Address(entity, null), answered);
    Stored before = stored(OrchestrationStatus.RUNNING, HISTORY);
    Stored after = stored(OrchestrationStatus.RUNNING, asked);

    assertThat(new InboxRules(before, false, NOW).judge(answer)).isEqualTo(after(1));
    assertThat(new InboxRules(before, false, NOW.plusSeconds(3601)).judge(answer))
        .isEqualTo(drop("it answers a message of a turn that was not committed"));
    assertThat(new InboxRules(after, false, NOW).judge(answer)).isEqualTo(ACCEPT);
    assertThat(new InboxRules(before, true, NOW).judge(answer)).isEqualTo(ACCEPT);
  }

  @Test
  void without_atomic_commits_a_start_may_come_before_its_instance() {
    Stored none = new Stored(null, List.of(), new Version("0"), null, Set.of());
    InboxRules rules = new InboxRules(none, false, NOW);
    assertThat(rules.judge(message(MINE, Duration.ZERO, started()))).isEqualTo(after(1));
    assertThat(rules.judge(message(MINE, Duration.ofMinutes(2), started()))).isEqualTo(after(60));
    assertThat(rules.judge(message(MINE, Duration.ofHours(1), started()))).isEqualTo(after(300));
    assertThat(rules.judge(message(MINE, Duration.ofSeconds(3601), started())))
        .isEqualTo(drop("there is no such instance"));
    assertThat(rules.judge(message("m", new EventRaised("e", null))))
        .isEqualTo(drop("there is no such instance"));
    assertThat(new InboxRules(none, true, NOW).judge(message(MINE, Duration.ZERO, started())))
        .isEqualTo(drop("there is no such instance"));
  }

  @Test
  void without_atomic_commits_a_start_may_come_before_it_replaces_an_instance() {
    ExecutionId next = new ExecutionId("e2");
    Message start = message(next, Duration.ofSeconds(10), started());
    Verdict other = drop("it is for another execution");
    for (OrchestrationStatus status : OrchestrationStatus.values()) {
      assertThat(new InboxRules(stored(status, HISTORY), false, NOW).judge(start))
          .as(status.name())
          .isEqualTo(after(5));
    }
    Stored ended = stored(OrchestrationStatus.COMPLETED, HISTORY);
    assertThat(new InboxRules(ended, true, NOW).judge(start)).isEqualTo(other);
    InboxRules rules = new InboxRules(ended, false, NOW);
    assertThat(rules.judge(message(next, "former", started()))).isEqualTo(other);
    assertThat(rules.judge(message(next, "m", new EventRaised("e", null)))).isEqualTo(other);
    assertThat(rules.judge(message(next, Duration.ofHours(2), started()))).isEqualTo(other);
  }

  private static final ExecutionId THEIRS = new ExecutionId("e9");

  private static @Nullable ParentLink link(@Nullable String request, @Nullable String retryOf) {
    return request == null
        ? null
        : new ParentLink(
            new InstanceId("parent"),
            new ExecutionId("p1"),
            "Parent",
            0,
            MessageId.derived(request),
            retryOf == null ? null : MessageId.derived(retryOf));
  }

  /** The start of a child of this id, in another execution than the one that is there. */
  private static Message childStart(Duration age, @Nullable ParentLink parent, String id) {
    EventBody body = new ExecutionStarted(ID, THEIRS, "Flow", "", null, Map.of(), parent, null, 0);
    return new Message(
        new Address(ID, THEIRS),
        new Address(new InstanceId("parent"), new ExecutionId("p1")),
        HistoryEvent.of(NOW.minus(age), MessageId.derived(id), body));
  }

  private static Stored childOf(@Nullable ParentLink parent) {
    Stored plain = stored(OrchestrationStatus.RUNNING, HISTORY);
    InstanceState s = java.util.Objects.requireNonNull(plain.state());
    InstanceState.Start start =
        new InstanceState.Start("Flow", "", null, Map.of(), parent, NOW, null, 0);
    return new Stored(
        new InstanceState(s.id(), s.execution(), start, s.progress(), s.consumed()),
        plain.history(),
        plain.version(),
        null,
        plain.mayReturn());
  }

  @Test
  void a_child_whose_id_is_in_use_is_refused() {
    Verdict refused = new Verdict.Refuse("an instance of its id exists");
    Message start = childStart(Duration.ZERO, link("r1", null), "r1");
    for (boolean atomic : new boolean[] {true, false}) {
      for (OrchestrationStatus status : OrchestrationStatus.values()) {
        assertThat(new InboxRules(stored(status, HISTORY), atomic, NOW).judge(start))
            .as(status.name())
            .isEqualTo(refused);
      }
      InboxRules rules = new InboxRules(childOf(link("r0", null)), atomic, NOW);
      assertThat(rules.judge(start)).isEqualTo(refused);
      assertThat(rules.judge(start)).as("a refusal changes nothing").isEqualTo(refused);
      assertThat(rules.judge(childStart(Duration.ZERO, null, "d")))
          .isEqualTo(drop("the id of a detached start is in use"));
    }
  }

  @Test
  void the_start_of_a_child_never_collides_with_itself() {
    Message start = childStart(Duration.ZERO, link("r1", null), "r1");
    Verdict before = drop("the child was started before");
    assertThat(new InboxRules(childOf(link("r1", null)), true, NOW).judge(start))
        .as("it has continued as new")
        .isEqualTo(before);
    InboxRules rules = new InboxRules(childOf(link("r0", null)), true, NOW);
    assertThat(rules.judge(childStart(Duration.ZERO, link("former", null), "former")))
        .isEqualTo(before);
    assertThat(rules.judge(childStart(Duration.ZERO, link("seen", null), "seen")))
        .isEqualTo(before);
  }

  @Test
  void a_further_attempt_waits_for_the_end_of_the_former_one_but_not_for_ever() {
    InboxRules rules = new InboxRules(childOf(link("r0", null)), false, NOW);
    ParentLink retry = link("r1", "r0");
    assertThat(rules.judge(childStart(Duration.ofSeconds(8), retry, "r1"))).isEqualTo(after(4));
    assertThat(rules.judge(childStart(Duration.ofHours(2), retry, "r1")))
        .isInstanceOf(Verdict.Refuse.class);
    assertThat(rules.judge(childStart(Duration.ofSeconds(8), link("r1", "other"), "r1")))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void an_event_of_an_orchestration_waits_a_minute_for_its_target() {
    Stored none = new Stored(null, List.of(), new Version("0"), null, Set.of());
    InboxRules rules = new InboxRules(none, true, NOW);
    Address from = new Address(new InstanceId("parent"), new ExecutionId("p1"));
    for (int age : new int[] {0, 10, 60, 61}) {
      HistoryEvent event =
          HistoryEvent.of(
              NOW.minusSeconds(age), MessageId.derived("m"), new EventRaised("e", null));
      Verdict verdict = rules.judge(new Message(new Address(ID, null), from, event));
      assertThat(verdict)
          .isEqualTo(age > 60 ? drop("there is no such instance") : after(Math.max(1, age / 2)));
    }
  }

  @Test
  void a_wake_up_before_the_start_waits_for_it() {
    Stored pending = stored(OrchestrationStatus.PENDING, List.of());
    InboxRules rules = new InboxRules(pending, false, NOW);
    Message wakeUp = message(MINE, Duration.ofSeconds(8), new GenericEvent("wake-up"));
    assertThat(rules.judge(wakeUp)).isEqualTo(after(4));
    assertThat(rules.judge(message("s", started()))).isEqualTo(ACCEPT);
    assertThat(rules.judge(wakeUp)).isEqualTo(ACCEPT);
  }
}
