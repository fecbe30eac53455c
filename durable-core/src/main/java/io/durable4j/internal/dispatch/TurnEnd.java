package io.durable4j.internal.dispatch;

import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import java.time.Duration;
import java.util.List;

/** How a turn ended, and what is to be done with what it held. */
sealed interface TurnEnd {
  /** Its effect is stored, or there was none. Each claimed activity holds one activity permit. */
  record Done(List<Held> claimed) implements TurnEnd {}

  /** Storage failed; nothing is known to have happened. The arrivals stay held. */
  record Retry(List<Arrival> arrivals) implements TurnEnd {}

  /**
   * The instance cannot go on for now: the arrivals stay held for the pause, so that whoever gets
   * the partition has them at once.
   *
   * @param foreign whether another worker may know what this one does not
   */
  record Park(List<Arrival> arrivals, Duration pause, boolean foreign) implements TurnEnd {}

  /** Nothing was consumed: the arrivals are given back, to come again after the pause. */
  record GiveBack(List<Arrival> arrivals, Duration pause) implements TurnEnd {}

  /** It failed by what it was to consume, and would again. The arrivals stay held. */
  record Faulted(List<Arrival> arrivals, Throwable thrown) implements TurnEnd {}

  /** It hung, and another thread has ended it in the meantime. */
  record TakenOver() implements TurnEnd {}
}
