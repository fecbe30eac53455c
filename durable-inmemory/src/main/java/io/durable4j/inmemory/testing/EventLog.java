package io.durable4j.inmemory.testing;

import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.LogObserver;
import io.durable4j.internal.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Writes what the engine tells to the log as a host does, and keeps the engine's own faults. */
final class EventLog implements Observer {
  private final Observer log = new LogObserver(LoggerFactory.getLogger("io.durable4j.engine"));
  private final BooleanSupplier takesPart;
  private final List<String> faults = new ArrayList<>();

  /** Does not hear threads that are being ended. */
  EventLog(BooleanSupplier takesPart) {
    this.takesPart = takesPart;
  }

  @Override
  public void on(EngineEvent event) {
    if (!takesPart.getAsBoolean()) {
      return;
    }
    log.on(event);
    if (event instanceof EngineEvent.Bug bug) {
      faults.add("The engine failed while " + bug.doing() + ": " + bug.thrown());
    }
  }

  List<String> faults() {
    return List.copyOf(faults);
  }
}
