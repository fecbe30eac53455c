package io.durable4j.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Requests to end, to pause and to go back: from clients, from parents, and from those who are not.
 */
class SteeringRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final InstanceId ID = new InstanceId("child");
  private static final ExecutionId MINE = new ExecutionId("e1");
  private static final Address PARENT = new Address(new InstanceId("p"), new ExecutionId("pe"));
  private static final EventBody END = new ExecutionTerminated("why", false);
  private static final EventBody END_ALL = new ExecutionTerminated("why", true);
  private static final EventBody BACK = new ExecutionRewound("why");
  private static final HistoryEvent GRANDCHILD =
      new HistoryEvent(
          0,
          NOW,
          MessageId.derived("sub"),
          new SubOrchestrationCreated("C", "", new InstanceId("g"), null, Map.of()));

  private static InboxRules rules(OrchestrationStatus status, HistoryEvent... history) {
    return rules(status, true, history);
  }

  private static InboxRules rules(
      OrchestrationStatus status, boolean atomic, HistoryEvent... history) {
    ParentLink link =
        new ParentLink(PARENT.instance(), new ExecutionId("pe"), "Parent", 3, null, null);
    InstanceState state =
        new InstanceState(
            ID,
            MINE,
            new InstanceState.Start("Flow", "", null, Map.of(), link, NOW, null, 0),
            Progress.of(status, NOW),
            List.of());
    return new InboxRules(
        new Stored(state, List.of(history), new Version("1"), null, Set.of()), atomic, NOW);
  }

  private static Message message(@Nullable Address from, String id, EventBody body) {
    return new Message(
        new Address(ID, null), from, HistoryEvent.of(NOW, MessageId.derived(id), body));
  }

  private static boolean accepts(InboxRules rules, Message m) {
    return rules.judge(m) instanceof Verdict.Accept;
  }

  @Test
  void a_parent_steers_its_child_and_nobody_elses() {
    Address former = new Address(PARENT.instance(), new ExecutionId("former"));
    Address other = new Address(new InstanceId("q"), PARENT.execution());
    assertThat(accepts(rules(OrchestrationStatus.RUNNING), message(PARENT, "m", END))).isTrue();
    assertThat(accepts(rules(OrchestrationStatus.RUNNING), message(null, "m", END))).isTrue();
    for (Address stranger : List.of(former, other)) {
      for (EventBody body : List.of(END, END_ALL, BACK)) {
        assertThat(rules(OrchestrationStatus.RUNNING).judge(message(stranger, "m", body)))
            .isEqualTo(new Verdict.Drop("it is of another's parent"));
        assertThat(accepts(rules(OrchestrationStatus.FAILED), message(stranger, "m", body)))
            .isFalse();
      }
    }
  }

  @Test
  void a_parents_request_waits_for_the_start_of_its_child_but_not_for_ever() {
    Stored none = new Stored(null, List.of(), new Version("0"), null, Set.of());
    for (boolean atomic : new boolean[] {true, false}) {
      InboxRules soon = new InboxRules(none, atomic, NOW);
      assertThat(soon.judge(message(PARENT, "m", END_ALL)))
          .isEqualTo(new Verdict.Defer(Duration.ofSeconds(1)));
      assertThat(soon.judge(message(null, "m", END_ALL))).isInstanceOf(Verdict.Drop.class);
      InboxRules late = new InboxRules(none, atomic, NOW.plus(Duration.ofMinutes(61)));
      assertThat(late.judge(message(PARENT, "m", END_ALL))).isInstanceOf(Verdict.Drop.class);
    }
  }

  @Test
  void one_that_has_ended_hands_a_recursive_end_on_if_it_has_children() {
    for (OrchestrationStatus s : OrchestrationStatus.values()) {
      if (s.isTerminal()) {
        assertThat(accepts(rules(s, GRANDCHILD), message(PARENT, "m", END_ALL))).isTrue();
        assertThat(accepts(rules(s, GRANDCHILD), message(PARENT, "m", END))).isFalse();
        assertThat(accepts(rules(s), message(PARENT, "m", END_ALL))).isFalse();
      }
    }
  }

  @Test
  void only_one_that_failed_goes_back_and_once() {
    for (OrchestrationStatus s : OrchestrationStatus.values()) {
      assertThat(accepts(rules(s), message(null, "m", BACK)))
          .as("%s", s)
          .isEqualTo(s == OrchestrationStatus.FAILED);
    }
    InboxRules rules = rules(OrchestrationStatus.FAILED, GRANDCHILD);
    assertThat(accepts(rules, message(null, "a", BACK))).isTrue();
    assertThat(accepts(rules, message(null, "b", BACK))).isFalse();
    assertThat(accepts(rules, message(null, "c", END_ALL)))
        .as("the one turn does the one or the other")
        .isFalse();
  }

  @Test
  void a_pause_is_recorded_also_where_it_changes_nothing_so_that_its_repeat_is_known() {
    for (OrchestrationStatus s :
        List.of(OrchestrationStatus.RUNNING, OrchestrationStatus.SUSPENDED)) {
      for (EventBody body :
          List.of(new EventBody.ExecutionSuspended("why"), new EventBody.ExecutionResumed("why"))) {
        assertThat(accepts(rules(s), message(null, "m", body))).isTrue();
        HistoryEvent before = HistoryEvent.of(NOW, MessageId.derived("m"), body);
        assertThat(accepts(rules(s, before), message(null, "m", body))).isFalse();
      }
    }
  }

  @Test
  void where_commits_are_cut_an_answer_may_be_of_a_first_turn_that_is_not_seen_yet() {
    Stored none = new Stored(null, List.of(), new Version("0"), null, Set.of());
    Address next = new Address(ID, new ExecutionId("e2"));
    for (EventBody body :
        List.of(
            new EventBody.TaskCompleted(0, MessageId.derived("asked"), null),
            new EventBody.TimerFired(1, NOW))) {
      Message m = new Message(next, next, HistoryEvent.of(NOW, MessageId.derived("m"), body));
      Verdict defer = new Verdict.Defer(Duration.ofSeconds(1));
      InboxRules late = new InboxRules(none, false, NOW.plus(Duration.ofMinutes(61)));
      assertThat(new InboxRules(none, false, NOW).judge(m)).isEqualTo(defer);
      assertThat(late.judge(m)).isInstanceOf(Verdict.Drop.class);
      assertThat(new InboxRules(none, true, NOW).judge(m)).isInstanceOf(Verdict.Drop.class);
      assertThat(rules(OrchestrationStatus.FAILED, false).judge(m)).isEqualTo(defer);
      assertThat(rules(OrchestrationStatus.FAILED, true).judge(m)).isInstanceOf(Verdict.Drop.class);
      assertThat(rules(OrchestrationStatus.RUNNING, false).judge(m))
          .isInstanceOf(Verdict.Drop.class);
    }
  }

  @Test
  void where_commits_are_cut_an_answer_may_be_of_a_rewind_that_is_not_seen_yet() {
    MessageId asked = MessageId.derived("asked");
    HistoryEvent task =
        new HistoryEvent(
            0, NOW, asked, new EventBody.TaskScheduled("W", "", null, Map.of(), null, 0, false));
    HistoryEvent timer = new HistoryEvent(1, NOW, asked, new EventBody.TimerCreated(NOW));
    Message late = message(null, "a", new EventBody.TaskCompleted(0, asked, null));
    Message early = message(null, "b", new EventBody.TaskCompleted(0, MessageId.derived(1), null));
    Message fired = message(null, "c", new EventBody.TimerFired(1, NOW));
    Verdict defer = new Verdict.Defer(Duration.ofSeconds(1));
    InboxRules cut = rules(OrchestrationStatus.FAILED, false, task, timer);
    assertThat(cut.judge(late)).isInstanceOf(Verdict.Drop.class);
    assertThat(cut.judge(early)).isEqualTo(defer);
    assertThat(cut.judge(fired)).isEqualTo(defer);
    for (Message m : List.of(late, early, fired)) {
      assertThat(rules(OrchestrationStatus.FAILED, true, task, timer).judge(m))
          .isInstanceOf(Verdict.Drop.class);
      assertThat(rules(OrchestrationStatus.COMPLETED, false, task, timer).judge(m))
          .isInstanceOf(Verdict.Drop.class);
    }
  }
}
