package io.durable4j.internal.verify;

import io.durable4j.data.DataConverter;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.history.RecordedHistory;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.internal.replay.EpisodeResult.Mismatch;
import io.durable4j.internal.replay.Replay;
import java.util.List;
import org.slf4j.helpers.NOPLogger;

/**
 * Replays a whole recorded history cold, with the checks of the engine in its strict mode. All that
 * code has seen of it is the past of an episode to which nothing comes: the code makes all its
 * decisions again, and either ends where it ended or waits where it waited.
 */
public final class RecordedReplay {
  private RecordedReplay() {}

  /**
   * What the replay takes from its surroundings.
   *
   * @param converter turns values into payloads and back
   * @param maxPayload the largest payload in bytes
   * @param childVersion the version of children that are started without one, or empty
   */
  public record Rules(DataConverter converter, int maxPayload, String childVersion) {}

  /**
   * Replays a history.
   *
   * @param history the history
   * @param code the orchestrator of today
   * @param rules what it takes from its surroundings
   * @return how the code fits
   */
  public static Verdict replay(RecordedHistory history, Replay.Code code, Rules rules) {
    if (RecordedHistory.startOf(history.events()) == null) {
      return new Verdict.NotReplayed("The history does not begin with the start of an execution");
    }
    List<HistoryEvent> past = seenByCode(history.events());
    if (past.isEmpty()) {
      return new Verdict.Fits(0);
    }
    EpisodeInput input =
        new EpisodeInput(
            history.instance(),
            history.execution(),
            past,
            List.of(),
            new EpisodeInput.Rules(
                new DerivedIds(),
                rules.converter(),
                history.longestTimer(),
                rules.maxPayload(),
                true,
                rules.childVersion(),
                (type, quiet) -> NOPLogger.NOP_LOGGER),
            null);
    EpisodeResult result = Replay.run(input, code);
    if (result.end() instanceof Blocked blocked) {
      Mismatch m = blocked.mismatch();
      return m == null
          ? new Verdict.NotReplayed(blocked.why())
          : new Verdict.Misfit(m.step(), m.recorded(), m.produced(), m.where());
    }
    return new Verdict.Fits((int) past.stream().filter(e -> e.body().isAction()).count());
  }

  /**
   * The turns in which code ran: not what came while the instance was suspended, nor the turn that
   * ended it without its code.
   */
  private static List<HistoryEvent> seenByCode(List<HistoryEvent> events) {
    int seen = 0;
    for (int i = 0; i < events.size(); i++) {
      EventBody body = events.get(i).body();
      if (body instanceof OrchestratorCompleted) {
        seen = i + 1;
      } else if (body instanceof ExecutionCompleted end) {
        return isOfCode(end) ? events.subList(0, endOfTurn(events, i)) : events.subList(0, seen);
      }
    }
    return events.subList(0, seen);
  }

  private static int endOfTurn(List<HistoryEvent> events, int from) {
    for (int i = from; i < events.size(); i++) {
      if (events.get(i).body() instanceof OrchestratorCompleted) {
        return i + 1;
      }
    }
    return events.size();
  }

  /** The engine's own failures have names; those of code are classes of exceptions. */
  private static boolean isOfCode(ExecutionCompleted end) {
    if (end.status() == OrchestrationStatus.FAILED) {
      return end.failure() == null || end.failure().type().contains(".");
    }
    return end.status() != OrchestrationStatus.TERMINATED
        && end.status() != OrchestrationStatus.CANCELED;
  }
}
