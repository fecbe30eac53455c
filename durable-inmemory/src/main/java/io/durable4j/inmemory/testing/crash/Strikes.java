package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The faults of a run: when each is due, and what it does. Each strikes once. */
final class Strikes implements Points {
  private final ControlledDrive drive;
  private final Story story;
  private final Target target;
  private final Map<String, Fault.Crash> crashes = new LinkedHashMap<>();
  private final Map<String, Fault> atBodies = new LinkedHashMap<>();
  private final List<Hold> holds = new ArrayList<>();
  private boolean needsOverrun;

  /**
   * What they strike.
   *
   * @param crash the worker dies, for a reason
   * @param storage gives back what was held back
   * @param within how long an arrival is held back at most
   */
  record Target(Consumer<String> crash, Leases storage, Duration within) {}

  Strikes(
      ControlledDrive drive,
      Story story,
      Target target,
      @Nullable Learned learned,
      List<Fault> faults) {
    this.drive = drive;
    this.story = story;
    this.target = target;
    if (learned != null) {
      faults.forEach(f -> plan(f, learned));
    }
  }

  private void plan(Fault fault, Learned learned) {
    if (fault instanceof Fault.Crash c) {
      crashes.put((c.after() ? "after " : "before ") + learned.keyOf(c), c);
    } else if (fault instanceof Fault.Twice t) {
      atBodies.put("after " + learned.body(t.body()).id(), t);
    } else if (fault instanceof Fault.Overtime o) {
      needsOverrun = true;
      atBodies.put((o.after() ? "after " : "before ") + learned.body(o.body()).id(), o);
    } else if (fault instanceof Fault.Late l) {
      holds.add(new Hold(learned.arrival(l.arrival()), learned.arrival(l.until()), drive.signal()));
    }
  }

  boolean isPending() {
    return holds.stream().anyMatch(Hold::isPending);
  }

  /** Whether this workflow can come into what the schedule asked for. */
  boolean werePossible() {
    return holds.stream().allMatch(Hold::isFulfilled) && (!needsOverrun || story.hasOverrun());
  }

  @Override
  public void begin() {
    if (drive.isKilled()) {
      drive.giveWay(); // which unwinds the thread
    }
  }

  @Override
  public <T> T write(Write write, Supplier<T> effect, Predicate<T> took) {
    begin();
    String key = story.keyOf(write);
    if (crashes.remove("before " + key) != null) {
      target.crash.accept("just before: " + write.label());
    }
    T answer = effect.get();
    if (took.test(answer)) {
      story.wrote(write);
      for (HistoryEvent e :
          write.execution().isEmpty() ? List.<HistoryEvent>of() : write.events()) {
        String arrived = story.keys().arrival(write.id(), write.execution(), e);
        holds.forEach(h -> h.recorded(arrived));
      }
      if (crashes.remove("after " + key) != null) {
        target.crash.accept("just after: " + write.label());
      }
    }
    return answer;
  }

  @Override
  public Received received(QueueId queue, Received got, Leases leases) {
    if (holds.isEmpty() || queue.kind() != QueueId.Kind.CONTROL) {
      return got;
    }
    List<Delivery> passed = new ArrayList<>();
    for (Delivery d : got.deliveries()) {
      String to = d.message().to().instance().value();
      ExecutionId execution = d.message().to().execution();
      String key =
          story.keys().arrival(to, execution == null ? "" : execution.value(), d.message().event());
      Hold hold = holds.stream().filter(h -> h.takes(key)).findFirst().orElse(null);
      if (hold == null || key.isEmpty()) {
        passed.add(d);
        continue;
      }
      leases.let(List.of(d));
      hold.keep(d);
      if (hold.begins()) {
        story.say("held back: " + hold);
        var unused = drive.work("late", () -> letGo(hold));
      }
    }
    return new Received(passed, got.nextVisible());
  }

  private void letGo(Hold hold) {
    hold.await(drive.nanos() + target.within.toNanos());
    story.say("not held back any more: " + hold);
    target.storage.giveBack(hold.kept());
  }

  /** An activity's code is about to run. */
  void before(Body body) throws InterruptedException {
    Fault due = atBodies.remove("before " + body.id());
    if (due != null) {
      overrun();
    }
  }

  /** An activity's code has run. */
  void after(Body body) throws InterruptedException {
    begin();
    Fault due = atBodies.remove("after " + body.id());
    if (due instanceof Fault.Twice) {
      target.crash.accept("when " + body.name() + " had returned");
    } else if (due != null) {
      overrun();
    }
    String key = Keys.action(body.execution(), body.step());
    for (Hold h : holds) {
      if (h.isHeld(key) && h.begins()) {
        story.say("held back: " + h);
        h.await(drive.nanos() + target.within.toNanos());
      }
    }
  }

  /** Ends by the interrupt that comes with the end of the activity's time. */
  private void overrun() throws InterruptedException {
    Duration limit = story.limit();
    if (limit != null) {
      drive.sleep(limit.plusSeconds(1));
    }
  }
}
