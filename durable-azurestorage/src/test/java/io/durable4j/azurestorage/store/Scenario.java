package io.durable4j.azurestorage.store;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static io.durable4j.history.OrchestrationStatus.FAILED;
import static io.durable4j.history.OrchestrationStatus.PENDING;
import static io.durable4j.history.OrchestrationStatus.RUNNING;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HistoryChange.Append;
import io.durable4j.spi.HistoryChange.Restart;
import io.durable4j.spi.HistoryChange.Rewrite;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.Stored;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.TurnCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A commit of an instance {@code i}.
 *
 * @param name what it is
 * @param prepare makes the world as it is before
 * @param turn makes the commit of what was loaded
 */
record Scenario(String name, Function<World, Stored> prepare, Turn turn) {
  private static final Payload SMALL = new Payload("[7]");

  interface Turn {
    TurnCommit of(World world, Stored seen);
  }

  @Override
  public String toString() {
    return name;
  }

  static List<Scenario> all() {
    return List.of(
        append("append one", 1, SMALL),
        append("append 250", 250, SMALL),
        append("append after large", 2, World.LARGE),
        new Scenario("append large", w -> running(w, 3, SMALL), Scenario::large),
        new Scenario("end with large", w -> running(w, 3, World.LARGE), Scenario::end),
        restart("restart 3", 300, 3),
        restart("restart 250", 300, 250),
        restart("restart 250 over 3", 3, 250),
        rewrite("rewrite 3 to 2", 3, 2),
        rewrite("rewrite 300 to 250", 300, 250),
        rewrite("rewrite 250 to 2", 250, 2),
        first("first of created", w -> created(w, SMALL), 3),
        first("first 250 of created", w -> created(w, SMALL), 250),
        first("first of large", w -> created(w, World.LARGE), 3),
        first("first of replaced", w -> replaced(w, 3), 3),
        first("first 250 of replaced", w -> replaced(w, 300), 250),
        birth("birth", "i", 3),
        birth("birth 250", "i", 250),
        again("again", FAILED, 3),
        again("again 250", COMPLETED, 250),
        new Scenario("reopen", w -> ended(w, FAILED, 3), Scenario::reopen));
  }

  private static Stored created(World w, Payload input) {
    TaskHub worker = w.worker();
    InstanceState s = w.state("i", World.FIRST, PENDING, input);
    worker.instances().create(w.creation(s), ReusePolicy.never());
    return World.load(worker, "i");
  }

  private static Stored running(World w, int events, Payload input) {
    return committed(w, created(w, input), RUNNING, events);
  }

  private static Stored committed(World w, Stored seen, OrchestrationStatus status, int events) {
    InstanceState s = state(seen);
    InstanceState next = s.with(Progress.of(status, w.clock.instant()));
    TaskHub worker = w.worker();
    worker.instances().commit(w.commit(seen, new Append(w.whole(s, "past", events)), next));
    return World.load(worker, "i");
  }

  private static Stored ended(World w, OrchestrationStatus status, int events) {
    return committed(w, created(w, SMALL), status, events);
  }

  private static Stored replaced(World w, int events) {
    ended(w, COMPLETED, events);
    TaskHub worker = w.worker();
    InstanceState s = w.state("i", World.OTHER, PENDING, SMALL);
    worker.instances().create(w.creation(s), ReusePolicy.ifFinished());
    return World.load(worker, "i");
  }

  private static InstanceState state(Stored seen) {
    return Objects.requireNonNull(seen.state());
  }

  private static InstanceState on(World w, Stored seen) {
    return state(seen).with(Progress.of(RUNNING, w.clock.instant()));
  }

  private static Scenario append(String name, int count, Payload input) {
    return new Scenario(
        name,
        w -> running(w, 3, input),
        (w, seen) -> w.commit(seen, new Append(w.events("new", count)), on(w, seen)));
  }

  private static TurnCommit large(World w, Stored seen) {
    List<HistoryEvent> events = List.of(w.event("large", World.LARGE), w.event("x", World.LARGE));
    return w.commit(seen, new Append(events), on(w, seen));
  }

  private static TurnCommit end(World w, Stored seen) {
    var now = w.clock.instant();
    ExecutionCompleted body = new ExecutionCompleted(COMPLETED, World.LARGE, null);
    InstanceState next =
        state(seen)
            .with(new Progress(COMPLETED, now, now, World.LARGE, null, null, List.of(), null));
    return w.commit(seen, new Append(List.of(HistoryEvent.of(now, null, body))), next);
  }

  private static Scenario restart(String name, int old, int count) {
    return new Scenario(
        name, w -> running(w, old, World.LARGE), replacing(ExecutionId::next, count, Restart::new));
  }

  private static Scenario rewrite(String name, int old, int count) {
    return new Scenario(
        name, w -> running(w, old, World.LARGE), replacing(e -> e, count, Rewrite::new));
  }

  private static Scenario again(String name, OrchestrationStatus ended, int count) {
    return new Scenario(
        name, w -> ended(w, ended, 5), replacing(e -> World.OTHER, count, Restart::new));
  }

  private static Turn replacing(
      UnaryOperator<ExecutionId> execution,
      int count,
      Function<List<HistoryEvent>, HistoryChange> change) {
    return (w, seen) -> {
      InstanceState was = on(w, seen);
      InstanceState next =
          new InstanceState(
              was.id(),
              execution.apply(was.execution()),
              was.start(),
              was.progress(),
              was.consumed());
      return w.commit(seen, change.apply(w.whole(next, "new", count)), next);
    };
  }

  private static Scenario first(String name, Function<World, Stored> prepare, int count) {
    return new Scenario(
        name,
        prepare,
        (w, seen) -> w.commit(seen, new Append(w.whole(state(seen), "new", count)), on(w, seen)));
  }

  private static Scenario birth(String name, String id, int count) {
    return new Scenario(
        name,
        w -> World.load(w.worker(), id),
        (w, seen) -> {
          InstanceState next = w.state(id, World.FIRST, RUNNING, World.LARGE);
          return w.commit(seen, new Append(w.whole(next, "new", count)), next);
        });
  }

  private static TurnCommit reopen(World w, Stored seen) {
    return w.commit(seen, new Append(new ArrayList<>(w.events("new", 2))), on(w, seen));
  }
}
