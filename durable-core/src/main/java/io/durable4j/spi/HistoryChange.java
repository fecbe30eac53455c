package io.durable4j.spi;

import io.durable4j.history.HistoryEvent;
import java.util.List;

/** What a commit does to the stored history. */
public sealed interface HistoryChange {
  /**
   * The events that the change holds.
   *
   * @return the events, in order
   */
  List<HistoryEvent> events();

  /**
   * Events added at the end.
   *
   * @param events the events; may be empty
   */
  record Append(List<HistoryEvent> events) implements HistoryChange {
    /** Copies the list. */
    public Append {
      events = List.copyOf(events);
    }
  }

  /**
   * A new execution's history in place of the old one's.
   *
   * @param events the whole new history
   */
  record Restart(List<HistoryEvent> events) implements HistoryChange {
    /** Copies the list. */
    public Restart {
      events = List.copyOf(events);
    }
  }

  /**
   * The same execution's history written anew.
   *
   * @param events the whole history
   */
  record Rewrite(List<HistoryEvent> events) implements HistoryChange {
    /** Copies the list. */
    public Rewrite {
      events = List.copyOf(events);
    }
  }
}
