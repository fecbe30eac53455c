package io.durable4j.inmemory.testing.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every single fault that a workflow can meet. */
final class Schedules {
  private static final int PARTNERS = 3;

  private Schedules() {}

  static List<Fault> singles(Learned learned, Duration within) {
    List<Fault> all = new ArrayList<>();
    for (Arrival a : learned.arrivals()) {
      learned.arrivals().stream()
          .filter(b -> mayChangePlaces(a, b, within.toNanos()))
          .limit(PARTNERS)
          .forEach(b -> all.add(new Fault.Late(a.number(), b.number())));
    }
    for (int i = 1; i <= learned.bodies().size(); i++) {
      all.add(new Fault.Twice(i));
      if (learned.story().limit() != null) {
        all.add(new Fault.Overtime(i, false));
        all.add(new Fault.Overtime(i, true));
      }
    }
    for (Boundary b : learned.boundaries()) {
      all.add(new Fault.Crash(b.number(), false));
      all.add(new Fault.Crash(b.number(), true));
    }
    return all;
  }

  /**
   * Whether the rules allow the later of two to come first: it was under way when the first was
   * recorded, or came from outside, which no rule ties to what the instance did; and no two events
   * of one name, whose order is their sender's.
   */
  private static boolean mayChangePlaces(Arrival first, Arrival later, long within) {
    if (later.number() <= first.number() || !later.instance().equals(first.instance())) {
      return false;
    }
    boolean events = first.kind() == Arrival.Kind.EVENT && later.kind() == Arrival.Kind.EVENT;
    if (events) {
      return !name(first).equals(name(later));
    }
    boolean underWay = later.cause() > 0 && later.cause() < first.recorded();
    return (underWay || later.kind() == Arrival.Kind.EVENT)
        && later.nanos() - first.nanos() <= within;
  }

  private static String name(Arrival event) {
    return event.key().substring(0, event.key().lastIndexOf('#'));
  }
}
