package io.durable4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.observe.HostEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class ListenerObserverTest {
  private static final InstanceId ID = new InstanceId("i");

  private final List<HostEvent> seen = new ArrayList<>();
  private final ListenerObserver observer = new ListenerObserver(seen::add, NOPLogger.NOP_LOGGER);

  @Test
  void what_matters_to_users_is_shown() {
    FailureDetails why = FailureDetails.of("Poison", "ten times", true);
    MessageId message = new MessageId(new UUID(1, 2));
    List<StackTraceElement> stack = List.of(new StackTraceElement("A", "b", "A.java", 3));
    observer.on(new EngineEvent.Quarantined(ID, message, "Work", 10, why));
    observer.on(new EngineEvent.EpisodeStalls(ID, "Flow", true, "A.java:3", Duration.ofSeconds(1)));
    observer.on(new EngineEvent.EpisodeHung(ID, "Flow", "why", stack));
    observer.on(new EngineEvent.Deferred(ID, "TaskCompleted", Duration.ofSeconds(2)));
    observer.on(new EngineEvent.TurnStarted(ID, 3, 1_000));
    observer.on(new EngineEvent.TurnEnded(ID, null, 5, EngineEvent.TurnResult.BUG));
    assertThat(seen)
        .containsExactly(
            new HostEvent.Quarantined(ID, message, "Work", 10, why),
            new HostEvent.EpisodeStalls(ID, "Flow", true, "A.java:3", Duration.ofSeconds(1)),
            new HostEvent.EpisodeHung(ID, "Flow", "why", stack),
            new HostEvent.Deferred(ID, "TaskCompleted", Duration.ofSeconds(2)),
            new HostEvent.TurnStarted(ID, 3, Duration.ofNanos(1_000)),
            new HostEvent.TurnEnded(ID, null, Duration.ofNanos(5), HostEvent.TurnOutcome.FAULT));
  }

  @Test
  void every_outcome_has_its_counterpart() {
    for (EngineEvent.TurnResult r : EngineEvent.TurnResult.values()) {
      observer.on(new EngineEvent.TurnEnded(ID, "Flow", 1, r));
    }
    for (EngineEvent.CommitResult r : EngineEvent.CommitResult.values()) {
      observer.on(new EngineEvent.CommitEnded(ID, 1, r));
    }
    for (EngineEvent.ActivityResult r : EngineEvent.ActivityResult.values()) {
      observer.on(new EngineEvent.ActivityEnded(ID, "Work", 1, r));
    }
    for (EngineEvent.PermitKind k : EngineEvent.PermitKind.values()) {
      observer.on(new EngineEvent.PermitsExhausted(k, 1));
    }
    assertThat(seen).hasSize(5 + 4 + 3 + 3).doesNotHaveDuplicates();
  }

  @Test
  void the_engines_own_affairs_are_not() {
    observer.on(new EngineEvent.StorageAnswered());
    observer.on(new EngineEvent.StillParked(ID, "why"));
    assertThat(seen).isEmpty();
  }
}
