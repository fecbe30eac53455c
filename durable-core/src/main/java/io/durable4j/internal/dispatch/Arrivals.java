package io.durable4j.internal.dispatch;

import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.internal.mailbox.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the arrivals of a turn say. */
final class Arrivals {
  private Arrivals() {}

  static boolean isStart(Arrival a) {
    return a.message().event().body() instanceof ExecutionStarted;
  }

  /** Starts first, and else in their order. */
  static List<Arrival> startsFirst(List<Arrival> arrivals) {
    if (arrivals.size() == 1) {
      return arrivals;
    }
    List<Arrival> ordered = new ArrayList<>(arrivals);
    ordered.sort((a, b) -> Boolean.compare(isStart(b), isStart(a)));
    return ordered;
  }

  /** One list behind the other. */
  static List<Arrival> together(List<Arrival> first, List<Arrival> then) {
    if (then.isEmpty()) {
      return first;
    }
    List<Arrival> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  /** The end of a part of a turn, with arrivals that it did not look at, which come again. */
  static TurnEnd withMore(TurnEnd end, List<Arrival> others) {
    List<Arrival> again = new ArrayList<>(others);
    if (end instanceof TurnEnd.Retry r) {
      again.addAll(r.arrivals());
      return new TurnEnd.Retry(again);
    }
    if (end instanceof TurnEnd.Faulted f) {
      again.addAll(f.arrivals());
      return new TurnEnd.Faulted(again, f.thrown());
    }
    if (end instanceof TurnEnd.GiveBack g) {
      again.addAll(g.arrivals());
    }
    if (end instanceof TurnEnd.Park) {
      return end; // it holds all that the turn took
    }
    return new TurnEnd.GiveBack(again, Duration.ZERO);
  }

  /** Never runs backwards, and never before a timer that has fired. */
  static Instant clock(Instant now, Instant former, List<Arrival> accepted) {
    Instant clock = later(now, former);
    for (Arrival a : accepted) {
      if (a.message().event().body() instanceof TimerFired t) {
        clock = later(clock, t.fireAt());
      }
    }
    return clock;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
