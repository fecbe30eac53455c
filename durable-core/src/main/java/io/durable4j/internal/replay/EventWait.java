package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.orchestration.EventRef;
import org.jspecify.annotations.Nullable;

/** A wait for an external event. */
final class EventWait<P extends @Nullable Object> implements Origin<P> {
  private final EventRef<P> event;

  EventWait(EventRef<P> event) {
    this.event = event;
  }

  TaskCell<P> start(Episode episode) {
    TaskCell<P> task = new TaskCell<>(episode, this);
    episode.events().add(event.name(), task);
    return task;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the converter gives what the type says
  public P read(TaskCell<P> task, @Nullable Payload payload) {
    return (P)
        task.episode()
            .payloads()
            .decode(payload, event.payload().type(), () -> "payload of event " + event.name());
  }

  @Override
  public void cancelled(TaskCell<P> task) {
    task.episode().events().withdraw(event.name(), task);
  }

  @Override
  public String label(TaskCell<P> task) {
    return "Event " + event.name();
  }
}
