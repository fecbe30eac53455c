package io.durable4j.internal.replay;

import io.durable4j.history.InstanceId;
import io.durable4j.orchestration.Action;
import io.durable4j.orchestration.CriticalSection;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.TaskFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Critical sections of an episode, and what the code may do inside one. */
final class Sections {
  private static final int MAX_ENTITIES = 100;

  private final Episode episode;
  private final Entities entities;
  private @Nullable Held current;

  Sections(Episode episode, Entities entities) {
    this.episode = episode;
    this.entities = entities;
  }

  /** The section that a call belongs to; null outside of any. */
  @Nullable Held forCall(InstanceId entity) {
    if (current != null) {
      current.checkCall(entity);
    }
    return current;
  }

  void checkSignal(InstanceId entity) {
    if (current != null) {
      current.checkSignal(entity);
    }
  }

  /** For what no section allows. */
  void refuse(String what) {
    if (current != null) {
      throw current.refusal(what, "do that before or after the section");
    }
  }

  private void refuseLock() {
    if (episode.script().isInCallback()) {
      throw new OrchestratorRuleException(
          "ctx.lock was used in a callback (thenApply, thenCompose, fanOut, a retry handler); a"
              + " critical section waits, which only the orchestrator's own code may. Await the task"
              + " there, and lock then");
    }
    if (current != null) {
      throw current.refusal(
          "ctx.lock was used",
          "sections do not nest. Give all entities to one ctx.lock(a, b, ...), or lock one after the"
              + " other");
    }
  }

  CriticalSection of(EntityId<?>... ids) {
    refuseLock();
    Set<EntityId<Object>> sorted =
        new TreeSet<>(
            (a, b) ->
                a.name().equals(b.name())
                    ? a.key().compareTo(b.key())
                    : a.name().compareTo(b.name()));
    for (EntityId<?> id : ids) {
      if (!sorted.add(EntityId.named(id.name(), id.key()))) {
        throw new OrchestratorRuleException(
            "ctx.lock got entity " + id + " twice; give each entity once");
      }
    }
    if (sorted.isEmpty()) {
      throw new OrchestratorRuleException("ctx.lock got no entity; give at least one");
    }
    if (sorted.size() > MAX_ENTITIES) {
      throw new OrchestratorRuleException(
          "ctx.lock got "
              + sorted.size()
              + " entities, the limit is "
              + MAX_ENTITIES
              + "; lock fewer, or keep what belongs together in one entity");
    }
    return new Section(Collections.unmodifiableSet(new LinkedHashSet<>(sorted)));
  }

  private final class Section implements CriticalSection {
    private final Set<EntityId<Object>> ids;

    Section(Set<EntityId<Object>> ids) {
      this.ids = ids;
    }

    @Override
    public <R extends @Nullable Object> R call(Callable<R> body) {
      episode.script().enter();
      refuseLock();
      List<InstanceId> members = new ArrayList<>(ids.size());
      ids.forEach(id -> members.add(entities.instance(id)));
      return Sections.this.run(new Held(members), body);
    }

    @Override
    public void run(Action body) {
      this.<@Nullable Object>call(
          () -> {
            body.run();
            return null;
          });
    }

    @Override
    public Set<EntityId<Object>> entities() {
      return ids;
    }
  }

  private <R extends @Nullable Object> R run(Held held, Callable<R> body) {
    current = held;
    try {
      Entities.Asked<@Nullable Object> lock = entities.lock(held.members());
      grant(held, lock);
      R result = inside(held, lock.request(), body);
      release(held, lock.request());
      return result;
    } finally {
      current = null;
    }
  }

  /** Waits for the lock. One that fails may have taken some of its entities. */
  private void grant(Held held, Entities.Asked<@Nullable Object> lock) {
    try {
      lock.task().await();
    } catch (TaskFailedException e) {
      release(held, lock.request());
      throw e;
    }
    held.granted();
  }

  private <R extends @Nullable Object> R inside(Held held, String request, Callable<R> body) {
    R result;
    try {
      result = body.call();
    } catch (Throwable t) {
      if (episode.script().isStopped()) {
        // A wait is no end, whatever user code made of the signal.
        throw Unwind.SIGNAL;
      }
      if (t instanceof LinkageError || t instanceof OutOfMemoryError) {
        throw episode.obstacles().notRunnable(t);
      }
      release(held, request);
      throw Sneaky.rethrow(t);
    }
    if (episode.script().isStopped()) {
      throw Unwind.SIGNAL;
    }
    return result;
  }

  /** Gives the lock back once no call that was made under it is under way. */
  private void release(Held held, String request) {
    episode.waitUntil(held::isQuiet);
    held.members().forEach(member -> entities.release(member, request));
  }
}
