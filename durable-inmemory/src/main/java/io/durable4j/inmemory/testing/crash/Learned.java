package io.durable4j.inmemory.testing.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the run without faults showed: everything that a fault can name by its number. */
final class Learned {
  private final Story story;
  private final Map<String, String> places;
  private final List<Boundary> boundaries = new ArrayList<>();
  private final List<Arrival> arrivals;

  Learned(Story story, Map<String, String> places) {
    this.story = story;
    this.places = places;
    this.arrivals = story.arrivals();
    for (Story.Wrote w : story.writes()) {
      boundaries.add(new Boundary(boundaries.size() + 1, w.write().instance(), w.write().what()));
    }
  }

  List<Boundary> boundaries() {
    return List.copyOf(boundaries);
  }

  List<Body> bodies() {
    return story.bodies();
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  Story story() {
    return story;
  }

  String keyOf(Fault.Crash crash) {
    return pick(story.writes(), crash.boundary(), "boundary").key();
  }

  Body body(int number) {
    return pick(story.bodies(), number, "run of an activity");
  }

  Arrival arrival(int number) {
    return pick(arrivals, number, "arrival");
  }

  private static <T> T pick(List<T> all, int number, String what) {
    if (number < 1 || number > all.size()) {
      throw new IllegalArgumentException(
          "There is no " + what + " " + number + "; the run without faults has " + all.size());
    }
    return all.get(number - 1);
  }

  /** {@code File.java:line} of a step's call, in brackets; empty when it is not known. */
  String placeOf(String execution, int step) {
    String place = places.get(execution + "/" + step);
    return place == null ? "" : " (" + place + ")";
  }

  String step(String execution, int id) {
    return story.words().step(execution, id) + placeOf(execution, id);
  }

  /** The step of a run of an activity. */
  String step(Body body) {
    return "step " + body.step() + " " + body.name() + placeOf(body.execution(), body.step());
  }

  String describe(Fault fault) {
    if (fault instanceof Fault.Crash c) {
      keyOf(c);
      return "a crash just "
          + (c.after() ? "after" : "before")
          + " boundary "
          + boundaries.get(c.boundary() - 1);
    } else if (fault instanceof Fault.Twice t) {
      return "twice: " + step(body(t.body())) + ", a crash when it had returned";
    } else if (fault instanceof Fault.Overtime o) {
      return step(body(o.body()))
          + " is over its time, "
          + (o.after() ? "after its work was done" : "before it did anything");
    }
    Fault.Late late = (Fault.Late) fault;
    return arrival(late.arrival()).label() + " comes after " + arrival(late.until()).label();
  }
}
