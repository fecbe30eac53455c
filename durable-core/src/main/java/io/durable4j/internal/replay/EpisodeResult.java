package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an episode decided.
 *
 * @param end how it ended
 * @param actions the new actions as events, in order; results of inline steps stand behind theirs
 * @param withdrawn messages of actions that were cancelled in this episode; new ones are not sent
 * @param awaitedEvents names of external events that it waits for
 * @param customStatus what was set, or null when nothing was set
 * @param warnings things that a person should know
 */
public record EpisodeResult(
    End end,
    List<HistoryEvent> actions,
    Set<MessageId> withdrawn,
    List<String> awaitedEvents,
    @Nullable StatusChange customStatus,
    List<String> warnings) {
  /** How an episode ended. */
  public sealed interface End {}

  /**
   * It waits.
   *
   * @param again whether it wants another episode at once
   */
  public record Waiting(boolean again) implements End {}

  /**
   * The function returned or threw.
   *
   * @param event what is recorded
   */
  public record Finished(ExecutionCompleted event) implements End {}

  /**
   * The function returned after it had asked to continue as new.
   *
   * @param input the next generation's input
   * @param version its version; null for the same
   * @param carried events that go over, in the order in which they came
   */
  public record ContinuedAsNew(
      @Nullable Payload input, @Nullable String version, List<HistoryEvent> carried)
      implements End {}

  /**
   * It could not be run; nothing was decided.
   *
   * @param why what is wrong, for a person
   * @param mismatch where the code does not fit the history; null when something else is wrong
   */
  public record Blocked(String why, @Nullable Mismatch mismatch) implements End {
    /**
     * Whether the code does not fit the history.
     *
     * @return true when there is a mismatch
     */
    public boolean nonDeterministic() {
      return mismatch != null;
    }
  }

  /**
   * Where code does not fit its history.
   *
   * @param step the number of the action
   * @param recorded what history has there, in words
   * @param produced what the code did, in words
   * @param where the line of the user's code
   */
  public record Mismatch(int step, String recorded, String produced, String where) {}

  /**
   * A custom status was set.
   *
   * @param value the status; null clears it
   */
  public record StatusChange(@Nullable Payload value) {}
}
