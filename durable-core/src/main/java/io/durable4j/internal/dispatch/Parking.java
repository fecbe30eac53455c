package io.durable4j.internal.dispatch;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceState;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.EpisodeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of an instance whose code cannot be run here, or not now: it is parked or fails. */
final class Parking {
  private final Drive drive;
  private final Registry registry;
  private final DispatchSettings settings;
  private final Observer observer;
  private final TurnCommits commits;

  Parking(TurnRunner.Parts parts, TurnCommits commits) {
    this.drive = parts.drive();
    this.registry = parts.registry();
    this.settings = parts.settings();
    this.observer = parts.observer();
    this.commits = commits;
  }

  /** No code here: it waits for a worker that has it, and fails when there is none for long. */
  TurnEnd unknown(Turn turn, Ground ground, List<Arrival> consumed) {
    InstanceState state = ground.state();
    String why = registry.missing(state.name(), state.start().version());
    observer.on(new EngineEvent.UnknownOrchestrator(state.id(), state.name()));
    InstanceState.Parked parked = state.progress().parked();
    if (parked != null
        && parked.reason().equals(why)
        && !parked.since().plus(settings.unknownGrace()).isAfter(drive.now())) {
      FailureDetails failure =
          FailureDetails.of(
              "UnknownOrchestrator",
              why
                  + ", and no worker that knows it took the instance within "
                  + settings.unknownGrace(),
              true);
      return commits.commit(
          turn, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(turn, ground, why, true);
  }

  /** Not for this worker: it fails, or waits for one that it is for. */
  TurnEnd misfit(Turn turn, Ground ground, String why, List<Arrival> consumed) {
    if (settings.versions().fail()) {
      FailureDetails failure = FailureDetails.of("VersionMismatch", why, true);
      return commits.commit(
          turn, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(turn, ground, why, true);
  }

  /** Its code does not fit its history, or cannot be run for another reason. */
  TurnEnd blocked(Turn turn, Ground ground, EpisodeResult.Blocked blocked, List<Arrival> consumed) {
    if (blocked.nonDeterministic() && settings.failOnMismatch()) {
      FailureDetails failure = FailureDetails.of("NonDeterminism", blocked.why(), true);
      return commits.commit(
          turn, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(turn, ground, blocked.why(), false);
  }

  /** Its code makes no progress. */
  TurnEnd hung(Turn turn, Ground ground, String why, List<Arrival> consumed) {
    if (settings.failHung()) {
      FailureDetails failure = FailureDetails.of("OrchestratorHung", why, true);
      return commits.commit(
          turn, ground, TurnPlan.ended(ground, TurnPlan.failed(failure)), consumed);
    }
    return park(turn, ground, why, false);
  }

  /** The code of an entity that is stored cannot be run here; another worker's may. */
  TurnEnd notRunnable(Turn turn, Ground ground, String why) {
    return park(turn, ground, why, true);
  }

  /** Notes the reason once; the arrivals stay in the queue and bring the next attempt. */
  private TurnEnd park(Turn turn, Ground ground, String why, boolean foreign) {
    List<Arrival> arrivals = turn.arrivals();
    InstanceState state = ground.state();
    Instant now = drive.now();
    InstanceState.Parked before = state.progress().parked();
    Duration pause = settings.backoff(2);
    if (before == null || !before.reason().equals(why)) {
      observer.on(new EngineEvent.Parked(state.id(), why));
      TurnEnd end = commits.commit(turn, ground, TurnPlan.parked(state, why, now), List.of());
      if (end instanceof TurnEnd.Retry) {
        return new TurnEnd.Retry(arrivals);
      } else if (end instanceof TurnEnd.GiveBack) {
        return new TurnEnd.GiveBack(arrivals, Duration.ZERO);
      }
    } else {
      observer.on(new EngineEvent.StillParked(state.id(), why));
      Duration parkedFor = Duration.between(before.since(), now);
      pause = parkedFor.compareTo(pause) > 0 ? parkedFor : pause;
      pause = pause.compareTo(settings.backoffMax()) < 0 ? pause : settings.backoffMax();
    }
    return new TurnEnd.Park(arrivals, pause, foreign);
  }
}
