package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.orchestration.EventRef;
import org.jspecify.annotations.Nullable;

/** A wait for an external event. */
final class EventWait<P extends @Nullable Object> implements Origin<P> {
  private final EventRef<P> event;
  private final TaskCell<P> task;

  EventWait(Episode episode, EventRef<P> event) {
    this.event = event;
    this.task = new TaskCell<>(episode, this);
  }

  TaskCell<P> start() {
    task.episode().events().add(event.name(), task);
    return task;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the converter gives what the type says
  public P read(@Nullable Payload payload) {
    return (P)
        task.episode()
            .payloads()
            .decode(payload, event.payload().type(), () -> "payload of event " + event.name());
  }

  @Override
  public void cancelled() {
    task.episode().events().withdraw(event.name(), task);
  }

  /** Which event it is. */
  @Override
  public String toString() {
    return "Event " + event.name();
  }
}
