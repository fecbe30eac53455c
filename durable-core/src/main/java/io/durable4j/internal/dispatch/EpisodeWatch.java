package io.durable4j.internal.dispatch;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.EpisodeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches orchestrators while they run. One that makes no progress is told of, with the place; one
 * that makes none for too long is taken over: its turn is ended without it, whatever it does later
 * is void, and while its thread goes on no other thread of this worker runs that instance. The
 * thread is interrupted, and keeps its permit until it ends.
 *
 * <p>A look is taken eight times in the allowed time, and none while nothing runs.
 */
public final class EpisodeWatch {
  private static final int LOOKS = 8;
  private static final int REMEMBERED = 1_000;

  private final Drive drive;
  private final Observer observer;
  private final Duration timeout;
  private final Signal signal;
  private final Set<RunningEpisode> running = new LinkedHashSet<>();
  private final Map<InstanceId, String> stuck = new LinkedHashMap<>();
  private final Set<List<String>> told = new LinkedHashSet<>();
  private boolean asleep = true;
  private boolean begun;
  private volatile boolean stopped;

  /**
   * Creates a watch over nothing.
   *
   * @param drive time
   * @param observer hears of orchestrators that do not go on
   * @param timeout how long one may go without progress
   */
  public EpisodeWatch(Drive drive, Observer observer, Duration timeout) {
    this.drive = drive;
    this.observer = observer;
    this.timeout = timeout;
    this.signal = drive.signal();
  }

  /** Why an instance must not be run here: a thread still hangs in it. */
  @Nullable String stuck(InstanceId instance) {
    synchronized (running) {
      return stuck.get(instance);
    }
  }

  /** Runs an episode on this thread; null when it was taken over in the meantime. */
  @Nullable EpisodeResult run(RunningEpisode episode, Supplier<EpisodeResult> replay) {
    begin(episode);
    EpisodeResult result;
    try {
      result = replay.get();
    } catch (RuntimeException | Error e) {
      if (end(episode)) {
        throw e;
      }
      return null;
    }
    return end(episode) ? result : null;
  }

  private void begin(RunningEpisode episode) {
    boolean wake;
    synchronized (running) {
      running.add(episode);
      begun = true;
      wake = asleep;
      asleep = false;
    }
    if (wake) {
      signal.raise();
    }
  }

  /** Whether the thread that ran it ends its turn too. */
  private boolean end(RunningEpisode episode) {
    episode.leave();
    synchronized (running) {
      boolean own = running.remove(episode);
      if (!own) {
        stuck.remove(episode.state().id());
      }
      return own;
    }
  }

  private boolean takeOver(RunningEpisode episode, String why) {
    synchronized (running) {
      boolean taken = running.remove(episode);
      if (taken) {
        stuck.put(episode.state().id(), why);
      }
      return taken;
    }
  }

  /** Ends the loop. */
  public void stop() {
    stopped = true;
    signal.raise();
  }

  /**
   * Watches until stopped.
   *
   * @param hung ends the turn of an episode that was taken over, for a reason
   */
  void run(BiConsumer<RunningEpisode, String> hung) {
    long period = timeout.toNanos() / LOOKS;
    while (!stopped) {
      for (RunningEpisode e : now()) {
        look(e, hung);
      }
      long look = sleeps() ? Signal.FOREVER : drive.nanos() + period;
      signal.await(look, () -> Signal.FOREVER);
    }
  }

  private List<RunningEpisode> now() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  /** Nothing runs, and nothing began since the last look. */
  private boolean sleeps() {
    synchronized (running) {
      asleep = running.isEmpty() && !begun;
      begun = false;
      return asleep;
    }
  }

  private void look(RunningEpisode e, BiConsumer<RunningEpisode, String> hung) {
    long now = drive.nanos();
    int looks = e.look(now);
    Duration pause = Duration.ofNanos(now - e.sinceNanos());
    // a signal may end a pause between two looks before its time
    if (looks == 0 || pause.compareTo(timeout.dividedBy(LOOKS)) < 0) {
      return;
    }
    List<StackTraceElement> stack = e.stack();
    String place = RunningEpisode.place(stack);
    String name = e.state().name();
    if (isNew(List.of(e.state().id().value(), place))) {
      observer.on(new EngineEvent.EpisodeStalls(e.state().id(), name, e.blocks(), place, pause));
    }
    if (looks < LOOKS || pause.compareTo(timeout) < 0) {
      return;
    }
    String why =
        "Orchestrator "
            + name
            + " made no progress for "
            + timeout
            + ", at "
            + place
            + "; its thread is left alone, and what it still does is void";
    if (takeOver(e, why)) {
      observer.on(new EngineEvent.EpisodeHung(e.state().id(), name, why, stack));
      e.interrupt();
      hung.accept(e, why);
    }
  }

  private boolean isNew(List<String> instanceAndPlace) {
    if (told.size() >= REMEMBERED) {
      told.remove(new ArrayList<>(told).get(0));
    }
    return told.add(instanceAndPlace);
  }
}
