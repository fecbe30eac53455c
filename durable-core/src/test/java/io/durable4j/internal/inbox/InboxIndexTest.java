package io.durable4j.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxIndexTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final FailureDetails FAILURE = FailureDetails.of("T", "m", false);
  private static final InstanceId CHILD = new InstanceId("child");

  private static HistoryEvent event(String id, EventBody body) {
    return HistoryEvent.of(NOW, MessageId.derived(id), body);
  }

  private static HistoryEvent task(int action) {
    TaskScheduled body = new TaskScheduled("Work", "", null, Map.of(), null, 0, false);
    return new HistoryEvent(action, NOW, MessageId.derived("task", action), body);
  }

  private static HistoryEvent child(int action, InstanceId id, Map<String, String> tags) {
    SubOrchestrationCreated body = new SubOrchestrationCreated("Child", "", id, null, tags);
    return new HistoryEvent(action, NOW, MessageId.derived("child", action), body);
  }

  private static HistoryEvent started(int second) {
    return HistoryEvent.of(NOW.plusSeconds(second), null, new OrchestratorStarted());
  }

  private static HistoryEvent ended() {
    return HistoryEvent.of(NOW, null, new OrchestratorCompleted());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16, 17, 18, 64, 1_000})
  void it_knows_each_message_once_and_in_order(int count) {
    Random random = new Random(count);
    Set<MessageId> expected = new LinkedHashSet<>();
    KnownMessages known = new KnownMessages();
    for (int i = 0; i < count; i++) {
      // some whose hashes are the same, and the id that is all zeros
      long number = random.nextInt(count);
      MessageId id = new MessageId(new UUID(number, i % 2 == 0 ? number : 0));
      assertThat(known.add(id)).isEqualTo(expected.add(id));
    }
    assertThat(known.size()).isEqualTo(expected.size());
    assertThat(known.newest(count + 1)).containsExactlyElementsOf(expected);
    assertThat(known.newest(3))
        .containsExactlyElementsOf(
            new ArrayList<>(expected).subList(Math.max(0, expected.size() - 3), expected.size()));
    assertThat(expected).allMatch(known::contains);
    assertThat(known.contains(new MessageId(new UUID(count, count)))).isFalse();
  }

  @Test
  void actions_are_open_until_they_are_answered_in_any_order() {
    List<HistoryEvent> tasks = IntStream.range(0, 9).mapToObj(InboxIndexTest::task).toList();
    InboxIndex index = new InboxIndex(tasks);
    for (int answered : new int[] {4, 0, 8, 4}) {
      index.addAll(List.of(event("r" + answered, new TaskCompleted(answered, null, null))));
    }
    assertThat(index.open()).extracting(HistoryEvent::eventId).containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(index.open(5)).isSameAs(tasks.get(5));
    assertThat(index.open(4)).isNull();
    assertThat(index.open(9)).isNull();
    assertThat(index.nextAction()).isEqualTo(9);
    assertThat(index.events()).isEqualTo(13);
  }

  @Test
  void what_came_without_a_run_of_the_code_is_unseen_until_the_next_run() {
    HistoryEvent suspended = event("s", new ExecutionSuspended("wait"));
    HistoryEvent raised = event("e", new EventRaised("go", null));
    InboxIndex index = new InboxIndex(List.of(started(1), task(0), ended()));
    assertThat(index.unseen()).isEmpty();
    index.addAll(List.of(started(2), suspended));
    index.addAll(List.of(started(3), raised));
    assertThat(index.unseen()).containsExactly(started(2), suspended, started(3), raised);
    assertThat(index.clock()).isEqualTo(NOW.plusSeconds(3));
    index.addAll(List.of(started(4), event("r", new ExecutionResumed("go on")), ended()));
    assertThat(index.unseen()).isEmpty();
    assertThat(index.clock()).isEqualTo(NOW.plusSeconds(4));
  }

  @Test
  void it_tells_the_messages_that_may_meet_the_next_execution() {
    InboxIndex index =
        new InboxIndex(
            List.of(
                task(0),
                event("r", new TaskCompleted(0, null, null)),
                event("e", new EventRaised("go", null)),
                event("b", new ExecutionRewound("again"))));
    assertThat(index.knownForAny()).containsExactly(MessageId.derived("e"), MessageId.derived("b"));
    assertThat(index.newest(9)).hasSize(3);
    assertThat(index.rewinds()).isOne();
  }

  @Test
  void it_knows_the_last_call_of_a_child_that_failed() {
    InstanceId other = new InstanceId("other");
    Map<String, String> detached = Map.of(SubOrchestrationCreated.DETACHED, "");
    InboxIndex index =
        new InboxIndex(List.of(child(0, CHILD, Map.of()), child(1, other, Map.of())));
    assertThat(index.children().lastFailed(CHILD)).isNull();
    index.addAll(List.of(event("f0", new SubOrchestrationFailed(0, null, FAILURE))));
    index.addAll(
        List.of(child(2, CHILD, Map.of()), child(3, new InstanceId("alone"), detached), task(4)));
    index.addAll(List.of(event("f1", new SubOrchestrationFailed(1, null, FAILURE))));
    assertThat(index.children().lastFailed(CHILD)).isEqualTo(MessageId.derived("child", 0));
    assertThat(index.children().lastFailed(other)).isEqualTo(MessageId.derived("child", 1));
    assertThat(index.children().requests(CHILD)).containsOnlyKeys(0, 2);
    assertThat(index.children().instances()).containsExactly(CHILD, other);
  }
}
