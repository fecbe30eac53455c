package io.durable4j.internal.replay;

import io.durable4j.history.HistoryEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator that stays where it waits between its turns, on a thread of its own, so that a
 * turn runs only what is new. A turn's result is what a cold replay of the whole would give. Used
 * by one thread at a time; {@link #discard} may come from any.
 *
 * <p>Code that catches the engine's signal is not left while it waits here, so it may get further
 * than a replay would: a thousand refusals in one episode do not come about.
 */
public final class LiveEpisode {
  /**
   * What one that waits holds: its tasks, the engine's parts and its thread, a thousand bytes, and
   * a stack that is not deep: six hundred bytes of compiled code, and some 1,700 before.
   */
  private static final long BYTES = 2_600;

  private static final long BYTES_AN_ACTION = 300;

  private final Replay.Code code;
  private @Nullable Stand stand;
  private @Nullable Turn turn;
  private @Nullable EpisodeInput input;
  private @Nullable EpisodeResult answer;
  private @Nullable Throwable fault;
  private int openActions;
  private boolean parked;
  private volatile boolean discarded;

  /** A thread that runs only while another waits for it. */
  public interface Stand {
    /**
     * Lets it go on, and waits until it pauses or ends.
     *
     * @return whether it pauses; false when it has ended
     */
    boolean resume();

    /** On it: lets the one that waits go on, and waits to be resumed or released. */
    void pause();

    /** Lets it go on to its end alone. Pausing after that is for ever. */
    void release();
  }

  private record Turn(List<HistoryEvent> fresh, Runnable progress) {}

  private LiveEpisode(EpisodeInput input, Replay.Code code) {
    this.input = input.withoutMemo();
    this.code = code;
  }

  /**
   * Prepares an episode; no code runs yet.
   *
   * @param input history and arrivals; a memo is not used
   * @param code the orchestrator
   * @param stands gives the thread that runs a body; empty where there are none
   * @return the episode, to be run with {@link #begin}; empty without a thread
   */
  public static Optional<LiveEpisode> prepare(
      EpisodeInput input,
      Replay.Code code,
      Function<Runnable, ? extends Optional<? extends Stand>> stands) {
    LiveEpisode episode = new LiveEpisode(input, code);
    Stand stand = stands.apply(episode.new Body()).orElse(null);
    episode.stand = stand;
    return stand == null ? Optional.empty() : Optional.of(episode);
  }

  /**
   * Runs the first turn.
   *
   * @param progress run for each event and each action, on the orchestrator's thread
   * @return what it decided
   */
  public EpisodeResult begin(Runnable progress) {
    return go(new Turn(List.of(), progress));
  }

  /**
   * Runs another turn of one that is parked.
   *
   * @param fresh the beginning of the turn, then what arrived; with what was recorded in turns that
   *     ran no code, as in {@link EpisodeInput#fresh}
   * @param progress as in {@link #begin}
   * @return what it decided in this turn
   */
  public EpisodeResult run(List<HistoryEvent> fresh, Runnable progress) {
    return go(new Turn(fresh, progress));
  }

  private EpisodeResult go(Turn next) {
    synchronized (this) {
      if (discarded) {
        throw new IllegalStateException("The episode was discarded");
      }
      parked = false;
    }
    turn = next;
    Stand here = stand();
    boolean paused = here.resume();
    synchronized (this) {
      parked = paused;
      if (paused && discarded) {
        here.release();
      }
    }
    EpisodeResult result = answer;
    answer = null;
    if (result == null) {
      throw Sneaky.rethrow(Objects.requireNonNull(fault, "an answer or a fault"));
    }
    return result;
  }

  /**
   * Whether another turn can be run: it waits, and was not discarded.
   *
   * @return true between turns
   */
  public synchronized boolean isParked() {
    return parked && !discarded;
  }

  /**
   * Ends it without waiting for that. Its code is left as in an episode that waits: all that it
   * still does is void. One that runs a turn is left when it next waits.
   */
  public synchronized void discard() {
    if (!discarded) {
      discarded = true;
      if (parked) {
        stand().release();
      }
    }
  }

  /**
   * About how much one that is parked holds.
   *
   * @return bytes
   */
  public long bytes() {
    return BYTES + BYTES_AN_ACTION * openActions;
  }

  private Stand stand() {
    return Objects.requireNonNull(stand);
  }

  private Turn turn() {
    return Objects.requireNonNull(turn);
  }

  private EpisodeInput input() {
    return Objects.requireNonNull(input);
  }

  /** What is done on the orchestrator's thread. */
  private final class Body implements Runnable, Episode.Pause {
    @Override
    public void run() {
      try {
        Episode episode = new Episode(input(), turn().progress, false, this);
        EpisodeResult result = Replay.run(episode, code);
        answer =
            input == null || discarded
                ? result
                : Replay.traced(episode, input(), code, turn().progress, result);
      } catch (Throwable t) {
        fault = t;
      }
    }

    /** Waits for the next turn; false when there is none. */
    @Override
    public boolean more(Episode episode) {
      if (discarded) {
        return false;
      }
      answer = episode.result(episode.waiting());
      input = null;
      turn = null;
      openActions = episode.openActions();
      episode.rest();
      boolean paused = false;
      try {
        stand().pause();
        paused = true;
      } finally {
        if (!paused) {
          episode.script().stop();
        }
      }
      if (discarded) {
        return false;
      }
      episode.append(turn().fresh, turn().progress);
      return true;
    }

    /** Nobody waits for code that goes round and round after it was discarded: it stops there. */
    @Override
    public void runsAway() {
      if (discarded) {
        stand().pause();
      }
    }
  }
}
