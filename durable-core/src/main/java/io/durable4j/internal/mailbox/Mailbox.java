package io.durable4j.internal.mailbox;

import io.durable4j.history.InstanceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arrivals of one instance; at most one turn of it is in flight. Guarded by its term. */
public final class Mailbox {
  private final InstanceId instance;
  private final Term term;
  final List<Arrival> waiting = new ArrayList<>(2);
  List<Arrival> inFlight = List.of();
  boolean busy;
  long notBeforeNanos = Long.MIN_VALUE;
  int failures;
  boolean parked;
  @Nullable String parkedFor;

  /** So many turns take one arrival each. */
  int alone;

  Mailbox(InstanceId instance, Term term) {
    this.instance = instance;
    this.term = term;
  }

  /**
   * Whose mailbox it is.
   *
   * @return the instance
   */
  public InstanceId instance() {
    return instance;
  }

  /**
   * The ownership that it belongs to.
   *
   * @return the term
   */
  public Term term() {
    return term;
  }

  boolean isIdle(long nanos) {
    return !busy && notBeforeNanos <= nanos;
  }
}
