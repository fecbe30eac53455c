package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.internal.replay.EpisodeResult.End;
import io.durable4j.internal.replay.EpisodeResult.Finished;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.TaskFailedException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one episode of an orchestrator on the calling thread. */
public final class Replay {
  private Replay() {}

  /**
   * An orchestrator as it was registered.
   *
   * @param ref its contract
   * @param fresh gives the code for one episode
   */
  public record Code(OrchestratorRef<?, ?> ref, Supplier<? extends Orchestrator<?, ?>> fresh) {
    /**
     * Its name in history.
     *
     * @return the name
     */
    public String name() {
      return ref.name();
    }
  }

  /**
   * Runs an episode.
   *
   * @param input history and arrivals
   * @param code the orchestrator
   * @return what it decided
   */
  public static EpisodeResult run(EpisodeInput input, Code code) {
    return run(input, code, () -> {});
  }

  /**
   * Runs an episode that tells of its progress.
   *
   * @param input history and arrivals
   * @param code the orchestrator
   * @param progress run for each event and each action, on this thread; must be fast
   * @return what it decided
   */
  public static EpisodeResult run(EpisodeInput input, Code code, Runnable progress) {
    Episode episode = new Episode(input, progress, false, Episode.Pause.NONE);
    EpisodeResult result = run(episode, code);
    EpisodeResult told = traced(episode, input, code, progress, result);
    Memo memo = input.memo();
    if (memo != null) {
      memo.stage().leave();
    }
    if (memo != null && !(told.end() instanceof Blocked)) {
      memo.fill(told.customStatus());
    }
    return told;
  }

  /** The result in other words, where only a slower run can name the place of a mismatch. */
  static EpisodeResult traced(
      Episode episode, EpisodeInput input, Code code, Runnable progress, EpisodeResult result) {
    if (!episode.obstacles().wantsTrace()) {
      return result;
    }
    EpisodeResult traced = run(new Episode(input, progress, true, Episode.Pause.NONE), code);
    return traced.end() instanceof Blocked ? traced : result;
  }

  /** Runs an episode that nobody else has run. */
  @SuppressWarnings("NullAway") // the input is null where the orchestrator's type allows it
  static EpisodeResult run(Episode episode, Code code) {
    Opening opening = open(episode, code);
    if (opening == null) {
      return episode.result(
          new Blocked(
              "Instance " + episode.input().instance() + ": the history has no start", null));
    }
    Object result = null;
    Throwable thrown = opening.failure();
    if (thrown == null) {
      try {
        result = orchestrator(code).run(opening.context(), opening.argument());
      } catch (Throwable t) {
        thrown = t;
      }
    }
    End end = end(episode, opening.context(), code, result, thrown);
    episode.script().end();
    return episode.result(end);
  }

  /**
   * What the code begins with. The event that says so is not among it: the frame that calls the
   * code may be parked for months, with all that it knows.
   */
  private record Opening(
      ReplayContext context, @Nullable Object argument, @Nullable Throwable failure) {}

  private static @Nullable Opening open(Episode episode, Code code) {
    ExecutionStarted start = findStart(episode);
    if (start == null) {
      return null;
    }
    ReplayContext context = new ReplayContext(episode, Inherited.of(start), code.ref().input());
    try {
      return new Opening(context, argument(episode, start, code), null);
    } catch (Throwable t) {
      return new Opening(context, null, t);
    }
  }

  @SuppressWarnings("unchecked") // the reference and the code were registered together
  private static Orchestrator<@Nullable Object, @Nullable Object> orchestrator(Code code) {
    return (Orchestrator<@Nullable Object, @Nullable Object>) code.fresh().get();
  }

  private static @Nullable Object argument(Episode episode, ExecutionStarted start, Code code) {
    return episode
        .payloads()
        .decode(start.input(), code.ref().input().type(), () -> "input of " + start.name());
  }

  /** What came with the start, or went over to it, is there when the code begins. */
  private static @Nullable ExecutionStarted findStart(Episode episode) {
    for (HistoryEvent e = episode.step(); e != null; e = episode.step()) {
      if (e.body() instanceof ExecutionStarted s) {
        while (episode.timeline().isEventNext()) {
          episode.step();
        }
        return s;
      }
    }
    return null;
  }

  private static End end(
      Episode episode,
      ReplayContext context,
      Code code,
      @Nullable Object result,
      @Nullable Throwable thrown) {
    Script script = episode.script();
    if (!script.isStopped()) {
      NextGeneration next = context.next();
      return thrown == null && next != null
          ? end(episode, next.body(), null, next::end)
          : finish(episode, code.ref().output(), result, thrown);
    }
    if (script.swallowedAt() != null || thrown != Unwind.SIGNAL) {
      episode.decisions().warn(swallowed(episode));
    }
    if (script.blocked() != null) {
      return script.blocked();
    }
    if (script.isRunaway()) {
      return finish(
          episode,
          code.ref().output(),
          null,
          new IllegalStateException(
              "The orchestrator called its context "
                  + Script.MAX_REFUSALS
                  + " times while it was being unwound; it catches the engine's signal and goes on, at "
                  + script.swallowedAt()));
    }
    return episode.waiting();
  }

  private static String swallowed(Episode episode) {
    String at = episode.script().swallowedAt();
    return "The orchestrator caught the engine's unwinding signal"
        + (at == null ? "" : " and went on at " + at)
        + ". That does no harm, but nothing that it does then takes effect";
  }

  private static End finish(
      Episode episode, TypeRef<?> output, @Nullable Object result, @Nullable Throwable thrown) {
    ExecutionCompleted body = body(episode, output, result, thrown);
    return end(episode, body, thrown, () -> new Finished(body));
  }

  private static End end(
      Episode episode, ExecutionCompleted body, @Nullable Throwable thrown, Supplier<End> end) {
    try {
      if (thrown instanceof LinkageError || thrown instanceof OutOfMemoryError) {
        throw episode.obstacles().notRunnable(thrown);
      }
      if (thrown != null) {
        episode.obstacles().thrown(thrown);
      }
      int id = episode.act(body, List.of(), null);
      for (int next = id + 1; next < episode.timeline().recordedCount(); next++) {
        HistoryEvent left = episode.timeline().recorded(next);
        if (left != null) {
          episode.obstacles().mismatch(next, left.body(), "nothing: the code ended");
          break;
        }
      }
    } catch (Unwind u) {
      // The reason is kept by the script and answered below.
    }
    Blocked blocked = episode.script().blocked();
    return blocked != null ? blocked : end.get();
  }

  private static ExecutionCompleted body(
      Episode episode, TypeRef<?> output, @Nullable Object result, @Nullable Throwable thrown) {
    if (thrown != null) {
      return new ExecutionCompleted(OrchestrationStatus.FAILED, null, failure(thrown));
    }
    try {
      Payload payload = episode.payloads().encode(result, "result of type " + output);
      return new ExecutionCompleted(OrchestrationStatus.COMPLETED, payload, null);
    } catch (PayloadException e) {
      return new ExecutionCompleted(OrchestrationStatus.FAILED, null, Failures.of(e, true));
    }
  }

  private static FailureDetails failure(Throwable thrown) {
    return withRecorded(thrown, Failures.of(thrown, false));
  }

  /** What failed a task stands below its exception, wherever that is in the chain of causes. */
  private static FailureDetails withRecorded(Throwable thrown, FailureDetails f) {
    Throwable below = thrown.getCause();
    FailureDetails cause = f.cause();
    if (thrown instanceof TaskFailedException t) {
      cause = t.failure();
    } else if (below != null && cause != null) {
      cause = withRecorded(below, cause);
    }
    return new FailureDetails(
        f.type(), f.message(), f.stack(), cause, f.nonRetriable(), f.properties());
  }
}
