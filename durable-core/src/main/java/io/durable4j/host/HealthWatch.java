package io.durable4j.host;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.observe.Health;
import io.durable4j.observe.HostEvent.NameKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Remembers of the engine's events what its health is made of, and passes them on. */
final class HealthWatch implements Observer {
  private static final int REMEMBERED = 1_000;

  private final Drive drive;
  private final Duration memory;
  private final Observer next;
  private final Map<Name, Health.UnknownName> unknown = new LinkedHashMap<>();
  private final Map<InstanceId, Health.ParkedInstance> parked = new LinkedHashMap<>();
  private @Nullable Instant lastAnswer;
  private @Nullable Instant lastFailure;
  private @Nullable String failure;

  /** Names match ignoring case. */
  private record Name(NameKind kind, String lowerCase) {}

  /**
   * Nothing seen yet.
   *
   * @param memory how long a name counts as unknown after it was asked for
   */
  HealthWatch(Drive drive, Duration memory, Observer next) {
    this.memory = memory;
    this.drive = drive;
    this.next = next;
  }

  @Override
  public void on(EngineEvent event) {
    note(event);
    next.on(event);
  }

  private void note(EngineEvent event) {
    if (event instanceof EngineEvent.StorageAnswered) {
      answered();
    } else if (event instanceof EngineEvent.CommitEnded e) {
      if (e.result() != EngineEvent.CommitResult.UNKNOWN) {
        answered();
      }
    } else if (event instanceof EngineEvent.StorageFailed e) {
      failed(e.doing() + ": " + e.thrown());
    } else if (event instanceof EngineEvent.UnknownOrchestrator e) {
      unknown(NameKind.ORCHESTRATOR, e.name());
    } else if (event instanceof EngineEvent.UnknownEntity e) {
      unknown(NameKind.ENTITY, e.name());
    } else if (event instanceof EngineEvent.UnknownActivity e) {
      unknown(NameKind.ACTIVITY, e.name());
    } else if (event instanceof EngineEvent.Parked e) {
      parked(e.instance(), e.reason());
    } else if (event instanceof EngineEvent.StillParked e) {
      parked(e.instance(), e.reason());
    } else if (event instanceof EngineEvent.TurnEnded e) {
      if (e.result() == EngineEvent.TurnResult.DONE) {
        goesOn(e.instance());
      }
    }
  }

  synchronized void answered() {
    lastAnswer = drive.now();
  }

  synchronized void failed(String what) {
    lastFailure = drive.now();
    failure = what;
  }

  private synchronized void unknown(NameKind kind, String name) {
    Instant now = drive.now();
    Name key = new Name(kind, name.toLowerCase(Locale.ROOT));
    Health.UnknownName seen = unknown.get(key);
    if (seen != null) {
      unknown.put(
          key, new Health.UnknownName(kind, seen.name(), seen.since(), now, seen.count() + 1));
    } else if (unknown.size() < REMEMBERED) {
      unknown.put(key, new Health.UnknownName(kind, name, now, now, 1));
    }
  }

  private synchronized void parked(InstanceId instance, String reason) {
    Health.ParkedInstance seen = parked.get(instance);
    if (seen != null || parked.size() < REMEMBERED) {
      Instant since = seen != null && seen.reason().equals(reason) ? seen.since() : drive.now();
      parked.put(instance, new Health.ParkedInstance(instance, reason, since));
    }
  }

  private synchronized void goesOn(InstanceId instance) {
    parked.remove(instance);
  }

  synchronized Health.Storage storage(boolean reachable) {
    return new Health.Storage(reachable, lastAnswer, lastFailure, failure);
  }

  /** The names that are still asked for; others are forgotten. */
  synchronized List<Health.UnknownName> unknown() {
    Instant since = drive.now().minus(memory);
    unknown.values().removeIf(n -> n.last().isBefore(since));
    return new ArrayList<>(unknown.values());
  }

  /** The parked instances of the partitions that are ours; others are forgotten. */
  synchronized List<Health.ParkedInstance> parked(
      ToIntFunction<InstanceId> partitionOf, IntPredicate ours) {
    parked.keySet().removeIf(id -> !ours.test(partitionOf.applyAsInt(id)));
    return new ArrayList<>(parked.values());
  }
}
