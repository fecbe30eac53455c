package io.durable4j.internal.dispatch;

import static io.durable4j.internal.dispatch.TurnFault.deciding;

import io.durable4j.history.InstanceState;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.LiveEpisode;
import io.durable4j.internal.replay.Replay;
import io.durable4j.internal.session.Live;
import io.durable4j.internal.session.Session;
import io.durable4j.internal.session.SessionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the orchestrators of turns, as far as the session helps: one that waits where it was goes on
 * there, a warm one is replayed with what former replays learned, and else it is replayed in full.
 */
final class EpisodeRuns {
  private final Drive drive;
  private final EpisodeWatch watch;
  private final EpisodeInput.Rules rules;
  private final SessionLevel level;

  EpisodeRuns(TurnRunner.Parts parts) {
    this.drive = parts.drive();
    this.watch = parts.episodes();
    this.rules = parts.rules();
    this.level = parts.sessions().level();
  }

  /**
   * Runs the code of a turn.
   *
   * @param turn the turn
   * @param ground what the code starts from
   * @param first whether that is what the session knows, rather than a next generation
   * @param code the orchestrator
   * @param instead ends the turn when the code hangs, for a reason
   * @return what it decided; null when it hung and the turn was ended without it
   */
  @Nullable EpisodeResult run(
      Turn turn,
      Ground ground,
      boolean first,
      Replay.Code code,
      Function<String, TurnEnd> instead) {
    Session session = turn.known();
    // nothing that was learned fits a history that is being written anew
    boolean fits = first && ground.rewind() == null;
    Live parked = session.takeLive();
    if (parked != null && !(fits && parked.episode().isParked())) {
      parked.episode().discard();
      parked = null;
    }
    boolean goesOn = parked != null;
    Live live = level == SessionLevel.LIVE && !goesOn ? prepared(code, ground) : parked;
    InstanceState state = ground.state();
    if (first && !goesOn && session.isWithoutHistory()) {
      throw new IllegalStateException("The orchestrator of " + state.id() + " has left");
    }
    if (live == null) {
      RunningEpisode running =
          new RunningEpisode(turn, state, drive.view(), drive.interrupter(), instead);
      boolean remembers = fits && level != SessionLevel.OFF;
      EpisodeInput replayed = ground.episode(rules, remembers ? session.memo() : null);
      return watched(running, () -> Replay.run(replayed, code, running));
    }
    Drive.Strand strand = live.strand();
    RunningEpisode running =
        new RunningEpisode(turn, state, strand.view(), strand::interrupt, instead);
    LiveEpisode episode = live.episode();
    EpisodeResult result =
        watched(
            running, () -> goesOn ? episode.run(ground.unseen(), running) : episode.begin(running));
    if (result == null) {
      episode.discard();
    } else if (episode.isParked()) {
      session.park(live);
    }
    return result;
  }

  private @Nullable EpisodeResult watched(RunningEpisode running, Supplier<EpisodeResult> code) {
    return watch.run(running, () -> deciding(code));
  }

  /** A live one on a thread of its own; null where the runtime has none for it. */
  private @Nullable Live prepared(Replay.Code code, Ground ground) {
    if (ground.rewind() != null) {
      return null;
    }
    List<Stand> made = new ArrayList<>(1);
    return LiveEpisode.prepare(
            ground.episode(rules, null),
            code,
            body -> {
              drive.strand("orchestrator", body).map(Stand::new).ifPresent(made::add);
              return made.stream().findAny();
            })
        .map(episode -> new Live(episode, made.get(0).strand))
        .orElse(null);
  }

  /** A thread of the drive, as replays see it. */
  private record Stand(Drive.Strand strand) implements LiveEpisode.Stand {
    @Override
    public boolean resume() {
      return strand.resume();
    }

    @Override
    public void pause() {
      strand.pause();
    }

    @Override
    public void release() {
      strand.release();
    }
  }
}
