package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What happened in a run. */
final class Story {
  private final Words words;
  private final LongSupplier nanos;
  private final List<String> lines = new ArrayList<>();
  private final List<Wrote> writes = new ArrayList<>();
  private final Map<String, Integer> occurrences = new LinkedHashMap<>();
  private final List<Body> bodies = new ArrayList<>();
  private final Map<String, Integer> bodyCounts = new LinkedHashMap<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final Map<String, Integer> causes = new LinkedHashMap<>();
  private final Map<String, Arrival> timers = new LinkedHashMap<>();
  private final Map<String, History> histories = new LinkedHashMap<>();
  private final Keys keys = new Keys();
  private @Nullable Duration limit;
  private boolean overran;

  /** A write that took effect, for the how-many-th time under its label. */
  record Wrote(Write write, int occurrence) {
    String key() {
      return write.label() + "#" + occurrence;
    }
  }

  /** What an execution recorded. */
  record History(String id, String instance, String execution, List<HistoryEvent> events) {}

  Story(Words words, LongSupplier nanos) {
    this.words = words;
    this.nanos = nanos;
  }

  void say(String line) {
    String time = Duration.ofNanos(nanos.getAsLong()).toString().substring(2);
    lines.add(time + "  " + line);
  }

  /** The key that a write has when it takes effect now. */
  String keyOf(Write write) {
    return write.label() + "#" + (occurrences.getOrDefault(write.label(), 0) + 1);
  }

  void wrote(Write write) {
    int occurrence = occurrences.merge(write.label(), 1, Integer::sum);
    writes.add(new Wrote(write, occurrence));
    int boundary = writes.size();
    say("durable: " + write.label());
    for (HistoryEvent e : write.events()) {
      String brings = Keys.awaited(write.execution(), e);
      if (!brings.isEmpty()) {
        causes.put(brings, boundary);
      }
      if (e.body() instanceof TaskScheduled t && t.timeout() != null) {
        allows(t.timeout());
      } else if (e.body() instanceof TimerCreated t) {
        timers.put(brings, pending(write, e, brings, t.fireAt()));
      }
      String key = keys.arrival(write.id(), write.execution(), e);
      if (!key.isEmpty() && write.execution().isEmpty()) {
        causes.put(key, boundary);
      } else if (!key.isEmpty()) {
        arrived(write, e, key, boundary);
      }
    }
    if (!write.execution().isEmpty()) {
      if (write.anew()) {
        histories.remove(write.execution());
      }
      histories
          .computeIfAbsent(
              write.execution(),
              x -> new History(write.id(), write.instance(), x, new ArrayList<>()))
          .events
          .addAll(write.events());
    }
  }

  private void arrived(Write write, HistoryEvent e, String key, int boundary) {
    boolean event = e.body() instanceof EventRaised;
    Arrival.Kind kind =
        event
            ? Arrival.Kind.EVENT
            : e.body() instanceof TimerFired ? Arrival.Kind.TIMER : Arrival.Kind.RESULT;
    int step = event ? 0 : Integer.parseInt(key.substring(key.lastIndexOf(' ') + 1));
    String what =
        e.body() instanceof EventRaised r
            ? "event " + r.name()
            : words.step(write.execution(), step);
    arrivals.add(
        new Arrival(
            arrivals.size() + 1,
            key,
            write.id(),
            write.instance() + ": " + what,
            kind,
            causes.getOrDefault(key, 0),
            boundary,
            nanos.getAsLong()));
  }

  /** A timer that has not fired, as if it were recorded after all that was. */
  private Arrival pending(Write write, HistoryEvent e, String key, Instant due) {
    return new Arrival(
        0,
        key,
        write.id(),
        write.instance() + ": " + words.step(write.execution(), e.eventId()),
        Arrival.Kind.TIMER,
        writes.size(),
        Integer.MAX_VALUE,
        nanos.getAsLong() + Duration.between(e.timestamp(), due).toNanos());
  }

  Body begins(String key, String name, String instance) {
    Body body = new Body(key, name, instance, bodyCounts.merge(key, 1, Integer::sum));
    bodies.add(body);
    return body;
  }

  void allows(Duration most) {
    limit = limit == null || most.compareTo(limit) > 0 ? most : limit;
  }

  void overran() {
    overran = true;
  }

  /** The longest time limit of an activity that was called; null when none has one. */
  @Nullable Duration limit() {
    return limit;
  }

  boolean hasOverrun() {
    return overran;
  }

  Keys keys() {
    return keys;
  }

  Words words() {
    return words;
  }

  List<String> lines() {
    return lines;
  }

  List<Wrote> writes() {
    return writes;
  }

  List<Body> bodies() {
    return bodies;
  }

  int bodiesOf(String key) {
    return bodyCounts.getOrDefault(key, 0);
  }

  /** What arrived, in order, and then the timers that would have. */
  List<Arrival> arrivals() {
    List<Arrival> all = new ArrayList<>(arrivals);
    timers.forEach(
        (key, timer) -> {
          if (arrivals.stream().noneMatch(a -> a.key().equals(key))) {
            all.add(timer.numbered(all.size() + 1));
          }
        });
    return all;
  }

  List<History> histories() {
    return List.copyOf(histories.values());
  }
}
