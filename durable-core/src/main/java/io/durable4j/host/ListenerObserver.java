package io.durable4j.host;

import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.observe.EngineListener;
import io.durable4j.observe.HostEvent;
import io.durable4j.observe.HostEvent.ActivityOutcome;
import io.durable4j.observe.HostEvent.CommitResult;
import io.durable4j.observe.HostEvent.NameKind;
import io.durable4j.observe.HostEvent.PermitKind;
import io.durable4j.observe.HostEvent.TurnOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Shows engine events to a listener of the user's, and bears what it throws. */
final class ListenerObserver implements Observer {
  private final EngineListener listener;
  private final Logger log;
  private final AtomicBoolean complained = new AtomicBoolean();

  ListenerObserver(EngineListener listener, Logger log) {
    this.listener = listener;
    this.log = log;
  }

  @Override
  public void on(EngineEvent event) {
    HostEvent shown = view(event);
    if (shown == null) {
      return;
    }
    try {
      listener.on(shown);
    } catch (Throwable e) { // whatever a listener throws is its own affair
      if (complained.compareAndSet(false, true)) {
        log.error("The listener {} throws; this is told once", listener.getClass().getName(), e);
      }
    }
  }

  /** What is shown of an event; null for what is the engine's own affair. */
  private static @Nullable HostEvent view(EngineEvent event) {
    if (event instanceof EngineEvent.TurnStarted e) {
      return new HostEvent.TurnStarted(
          e.instance(), e.messages(), Duration.ofNanos(e.waitedNanos()));
    } else if (event instanceof EngineEvent.TurnEnded e) {
      return new HostEvent.TurnEnded(
          e.instance(), e.name(), Duration.ofNanos(e.nanos()), outcome(e.result()));
    } else if (event instanceof EngineEvent.CommitEnded e) {
      return new HostEvent.CommitEnded(
          e.instance(), Duration.ofNanos(e.nanos()), CommitResult.valueOf(e.result().name()));
    } else if (event instanceof EngineEvent.ActivityStarted e) {
      return new HostEvent.ActivityStarted(e.instance(), e.name(), e.attempt(), e.waited());
    } else if (event instanceof EngineEvent.ActivityEnded e) {
      return new HostEvent.ActivityEnded(
          e.instance(),
          e.name(),
          Duration.ofNanos(e.nanos()),
          ActivityOutcome.valueOf(e.result().name()));
    } else if (event instanceof EngineEvent.ActivityTimedOut e) {
      return new HostEvent.ActivityTimedOut(e.instance(), e.name());
    } else if (event instanceof EngineEvent.LeaseLost e) {
      return new HostEvent.LeaseLost(e.instance(), e.name());
    } else if (event instanceof EngineEvent.UnknownOrchestrator e) {
      return new HostEvent.NameUnknown(NameKind.ORCHESTRATOR, e.name());
    } else if (event instanceof EngineEvent.UnknownActivity e) {
      return new HostEvent.NameUnknown(NameKind.ACTIVITY, e.name());
    }
    HostEvent ofEntity = viewOfEntity(event);
    return ofEntity == null ? viewOfRest(event) : ofEntity;
  }

  private static @Nullable HostEvent viewOfEntity(EngineEvent event) {
    if (event instanceof EngineEvent.EntityBatchEnded e) {
      return new HostEvent.EntityBatchEnded(e.entity(), e.operations(), e.failed());
    } else if (event instanceof EngineEvent.SignalFailed e) {
      return new HostEvent.SignalFailed(e.entity(), e.operation(), e.why());
    } else if (event instanceof EngineEvent.OperationTimedOut e) {
      return new HostEvent.OperationTimedOut(e.entity(), e.operation());
    } else if (event instanceof EngineEvent.LocksGivenBack e) {
      return new HostEvent.LocksGivenBack(e.holder(), e.entities());
    } else if (event instanceof EngineEvent.UnknownEntity e) {
      return new HostEvent.NameUnknown(NameKind.ENTITY, e.name());
    }
    return null;
  }

  private static @Nullable HostEvent viewOfRest(EngineEvent event) {
    if (event instanceof EngineEvent.InstanceLoaded e) {
      return new HostEvent.InstanceLoaded(e.instance(), e.events(), Duration.ofNanos(e.nanos()));
    } else if (event instanceof EngineEvent.StorageFailed e) {
      return new HostEvent.StorageFailed(e.doing(), e.thrown());
    } else if (event instanceof EngineEvent.PartitionTaken e) {
      return new HostEvent.PartitionTaken(e.partition());
    } else if (event instanceof EngineEvent.PartitionLeft e) {
      return new HostEvent.PartitionLeft(e.partition());
    } else if (event instanceof EngineEvent.PartitionOffered e) {
      return new HostEvent.PartitionOffered(e.partition(), e.to());
    } else if (event instanceof EngineEvent.Parked e) {
      return new HostEvent.Parked(e.instance(), e.reason());
    } else if (event instanceof EngineEvent.Dropped e) {
      return new HostEvent.Dropped(e.instance(), e.kind(), e.why());
    } else if (event instanceof EngineEvent.Deferred e) {
      return new HostEvent.Deferred(e.instance(), e.kind(), e.delay());
    } else if (event instanceof EngineEvent.Quarantined e) {
      return new HostEvent.Quarantined(e.instance(), e.message(), e.what(), e.times(), e.why());
    } else if (event instanceof EngineEvent.EpisodeStalls e) {
      return new HostEvent.EpisodeStalls(
          e.instance(), e.orchestrator(), e.blocks(), e.place(), e.pause());
    } else if (event instanceof EngineEvent.EpisodeHung e) {
      return new HostEvent.EpisodeHung(e.instance(), e.orchestrator(), e.why(), e.stack());
    } else if (event instanceof EngineEvent.PermitsExhausted e) {
      return new HostEvent.PermitsExhausted(PermitKind.valueOf(e.kind().name()), e.total());
    } else if (event instanceof EngineEvent.Warning e) {
      return new HostEvent.Warning(e.instance(), e.text());
    } else if (event instanceof EngineEvent.Bug e) {
      return new HostEvent.EngineFault(e.doing(), e.thrown());
    }
    return null;
  }

  private static TurnOutcome outcome(EngineEvent.TurnResult result) {
    return result == EngineEvent.TurnResult.BUG
        ? TurnOutcome.FAULT
        : TurnOutcome.valueOf(result.name());
  }
}
