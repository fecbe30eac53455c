package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewindTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final MessageId CAUSE = MessageId.derived("cause");

  private final List<HistoryEvent> history = new ArrayList<>();
  private int next;

  /** A turn: arrivals and actions, in order. */
  private void turn(EventBody... bodies) {
    history.add(HistoryEvent.of(NOW, null, new OrchestratorStarted()));
    for (EventBody b : bodies) {
      int id = b.isAction() ? next++ : HistoryEvent.NO_ACTION;
      history.add(new HistoryEvent(id, NOW, MessageId.derived(history.size()), b));
    }
    history.add(HistoryEvent.of(NOW, null, new OrchestratorCompleted()));
  }

  private static EventBody task() {
    return new TaskScheduled("Work", "", null, Map.of(), null, 0, false);
  }

  private static EventBody timer() {
    return new TimerCreated(NOW);
  }

  private static EventBody ok(int id) {
    return new TaskCompleted(id, null, null);
  }

  private static EventBody failed(int id) {
    return new TaskFailed(id, null, why("task " + id));
  }

  private static FailureDetails why(String message) {
    return FailureDetails.of("T", message, false);
  }

  private static EventBody end(String because) {
    FailureDetails f = new FailureDetails("TaskFailed", "m", "", why(because), false, Map.of());
    return new ExecutionCompleted(OrchestrationStatus.FAILED, null, f);
  }

  private static EventBody fired(int id) {
    return new TimerFired(id, NOW);
  }

  private static EventBody event(String name) {
    return new EventRaised(name, null);
  }

  private Rewind rewind() {
    return Rewind.of(history, CAUSE);
  }

  private static List<Integer> ids(List<HistoryEvent> events) {
    return events.stream().filter(e -> e.body().isAction()).map(HistoryEvent::eventId).toList();
  }

  private static List<EventBody> bodies(List<HistoryEvent> events) {
    return events.stream().map(HistoryEvent::body).toList();
  }

  @Test
  void the_failed_call_is_asked_for_again_under_another_id() {
    turn(event("start"), task());
    turn(ok(0), task(), task());
    turn(failed(1), end("task 1"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0, 1, 2);
    assertThat(ids(r.again())).as("what failed, and what was under way").containsExactly(1, 2);
    assertThat(r.arrivals()).isEmpty();
    assertThat(r.retract()).hasSize(2);
    for (HistoryEvent e : r.again()) {
      assertThat(e.message()).isNotNull().isNotIn(r.retract());
      assertThat(r.past()).contains(e);
    }
    assertThat(Rewind.of(history, MessageId.derived("another")).again())
        .as("another rewind, other ids")
        .doesNotContainAnyElementsOf(r.again());
    assertThat(rewind()).as("the same when it is done again").isEqualTo(r);
  }

  @Test
  void all_attempts_of_a_call_are_undone() {
    turn(task());
    turn(failed(0), timer());
    turn(fired(1), task());
    turn(failed(2), timer());
    turn(fired(3), end("task 2"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0);
    assertThat(ids(r.again())).containsExactly(0);
    assertThat(r.arrivals()).isEmpty();
  }

  @Test
  void work_that_succeeded_later_is_not_given_up_for_an_earlier_attempt() {
    turn(task(), task());
    turn(failed(0), timer());
    turn(failed(1), timer());
    turn(fired(2), task());
    turn(fired(3), task());
    turn(ok(5));
    turn(failed(4), end("task 4"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(ids(r.again())).containsExactly(4);
  }

  @Test
  void several_failures_go_at_once_and_what_arrived_meanwhile_arrives_anew() {
    turn(task(), task(), task(), timer());
    turn(failed(0));
    turn(event("a"), ok(1));
    turn(fired(3), event("b"), failed(2), end("task 0"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0, 1, 2, 3);
    assertThat(ids(r.again())).containsExactly(0, 2);
    assertThat(bodies(r.arrivals())).containsExactly(event("a"), ok(1), fired(3), event("b"));
  }

  @Test
  void it_goes_before_the_failure_that_ended_it_whatever_that_costs() {
    turn(task());
    turn(failed(0), task());
    turn(ok(1), task());
    turn(event("e"), ok(2), end("task 0"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0);
    assertThat(ids(r.again())).containsExactly(0);
    assertThat(bodies(r.arrivals())).as("results of what is undone go").containsExactly(event("e"));
  }

  @Test
  void a_failure_that_was_dealt_with_stays() {
    turn(task());
    turn(failed(0), task());
    turn(ok(1), task());
    turn(failed(2), end("task 2"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0, 1, 2);
    assertThat(ids(r.again())).containsExactly(2);
    assertThat(bodies(r.past())).contains(failed(0), ok(1));
  }

  @Test
  void the_codes_own_failure_undoes_the_last_turn() {
    turn(event("start"), task());
    turn(ok(0), event("e"), end("a mistake"));
    Rewind r = rewind();
    assertThat(ids(r.past())).containsExactly(0);
    assertThat(r.again()).isEmpty();
    assertThat(bodies(r.arrivals())).containsExactly(ok(0), event("e"));
    history.clear();
    next = 0;
    turn(event("start"), end("at once"));
    assertThat(rewind().past()).isEmpty();
    assertThat(bodies(rewind().arrivals())).containsExactly(event("start"));
  }

  @Test
  void failed_children_are_named() {
    InstanceId child = new InstanceId("c");
    turn(new SubOrchestrationCreated("C", "", child, null, Map.of()));
    turn(new SubOrchestrationFailed(0, null, why("child")), end("child"));
    Rewind r = rewind();
    assertThat(r.children()).containsExactly(child);
    assertThat(r.again()).isEmpty();
    assertThat(ids(r.past())).containsExactly(0);
  }
}
