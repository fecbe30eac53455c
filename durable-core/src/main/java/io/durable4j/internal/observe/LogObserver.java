package io.durable4j.internal.observe;

import io.durable4j.internal.observe.EngineEvent.ActivityTimedOut;
import io.durable4j.internal.observe.EngineEvent.Bug;
import io.durable4j.internal.observe.EngineEvent.Dropped;
import io.durable4j.internal.observe.EngineEvent.EpisodeHung;
import io.durable4j.internal.observe.EngineEvent.EpisodeStalls;
import io.durable4j.internal.observe.EngineEvent.LeaseLost;
import io.durable4j.internal.observe.EngineEvent.Parked;
import io.durable4j.internal.observe.EngineEvent.PartitionLeft;
import io.durable4j.internal.observe.EngineEvent.PartitionOffered;
import io.durable4j.internal.observe.EngineEvent.PartitionTaken;
import io.durable4j.internal.observe.EngineEvent.PermitsExhausted;
import io.durable4j.internal.observe.EngineEvent.Quarantined;
import io.durable4j.internal.observe.EngineEvent.StorageFailed;
import io.durable4j.internal.observe.EngineEvent.TurnStale;
import io.durable4j.internal.observe.EngineEvent.UnknownActivity;
import io.durable4j.internal.observe.EngineEvent.Warning;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/** Writes engine events to a log. */
public final class LogObserver implements Observer {
  private static final int REMEMBERED = 1_000;

  private final Logger log;

  /** Warnings that were written lately: a replay finds the same ones again in each turn. */
  private final Set<Warning> lately =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Warning, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * Creates an observer.
   *
   * @param log where to
   */
  public LogObserver(Logger log) {
    this.log = log;
  }

  @Override
  public void on(EngineEvent event) {
    if (event instanceof StorageFailed e) {
      log.warn("Storage failed while {}; trying again: {}", e.doing(), e.thrown().toString());
      log.debug("Storage failed", e.thrown());
    } else if (event instanceof TurnStale e) {
      log.debug("A turn of {} was overtaken; loading again", e.instance());
    } else if (event instanceof Parked e) {
      log.error("Parked {}: {}", e.instance(), e.reason());
    } else if (event instanceof Warning e) {
      if (isNew(e)) {
        log.warn("{}: {}", e.instance(), e.text());
      }
    } else if (event instanceof Dropped e) {
      log.debug("Dropped a {} for {}: {}", e.kind(), e.instance(), e.why());
    } else if (event instanceof PartitionTaken e) {
      log.debug("Took partition {}", e.partition());
    } else if (event instanceof PartitionLeft e) {
      log.debug("Left partition {}", e.partition());
    } else if (event instanceof UnknownActivity e) {
      log.warn("No activity '{}' is registered here; leaving it to others for now", e.name());
    } else if (event instanceof ActivityTimedOut e) {
      log.warn("Activity {} of {} ran over its time and was interrupted", e.name(), e.instance());
    } else if (event instanceof EngineEvent.OperationTimedOut e) {
      log.warn(
          "Operation {} of entity {} is over its time and was interrupted",
          e.operation(),
          e.entity());
    } else if (event instanceof EngineEvent.SignalFailed e) {
      log.warn("Signal {} to entity {} failed: {}", e.operation(), e.entity(), e.why().toString());
    } else if (event instanceof EngineEvent.UnknownEntity e) {
      log.warn(
          "No entity '{}' is registered here; leaving {} to others for now", e.name(), e.entity());
    } else if (event instanceof EngineEvent.LocksGivenBack e) {
      log.debug("Gave back the locks of {} on {}", e.holder(), e.entities());
    } else if (event instanceof Quarantined e) {
      log.error("Set aside message {} for {}: {}", e.message(), e.instance(), e.why().toString());
    } else if (event instanceof EpisodeStalls e) {
      log.warn(
          "Orchestrator {} of {} {} at {} since {}; work and waits belong into activities and tasks",
          e.orchestrator(),
          e.instance(),
          e.blocks() ? "blocks its thread" : "computes without a call of its context",
          e.place(),
          e.pause());
    } else if (event instanceof EpisodeHung e) {
      log.error("{}: {}{}", e.instance(), e.why(), Frames.text(e.stack()));
    } else if (event instanceof LeaseLost e) {
      log.warn("Lost the lease of activity {} of {}; another may run it", e.name(), e.instance());
    } else if (event instanceof PartitionOffered e) {
      log.info("Offering partition {} to {}, for names unknown here", e.partition(), e.to());
    } else if (event instanceof PermitsExhausted e) {
      log.debug("All {} {} permits are in use", e.total(), e.kind());
    } else if (event instanceof Bug e) {
      log.error("Engine fault while {}", e.doing(), e.thrown());
    }
  }

  private boolean isNew(Warning warning) {
    synchronized (lately) {
      return lately.add(warning);
    }
  }
}
