package io.durable4j.internal.dispatch;

import io.durable4j.history.InstanceState;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.replay.CallSites;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of an orchestrator. Its turn is ended once: by its own thread, or, when it hangs, by
 * another. Run for each step that it makes.
 */
final class RunningEpisode implements Runnable {
  private final Turn turn;
  private final InstanceState state;
  private final Drive.ThreadView thread;
  private final Function<String, TurnEnd> instead;
  private final AtomicLong progress = new AtomicLong();
  private @Nullable Runnable interrupter;
  private long steps;
  private long seen = -1;
  private long sinceNanos;
  private int looks;

  /**
   * {@code thread} and {@code interrupter} are of the thread that runs it; {@code instead} ends its
   * turn elsewhere, for a reason.
   */
  RunningEpisode(
      Turn turn,
      InstanceState state,
      Drive.ThreadView thread,
      Runnable interrupter,
      Function<String, TurnEnd> instead) {
    this.turn = turn;
    this.state = state;
    this.thread = thread;
    this.interrupter = interrupter;
    this.instead = instead;
  }

  Mailbox box() {
    return turn.box();
  }

  List<Arrival> arrivals() {
    return turn.arrivals();
  }

  InstanceState state() {
    return state;
  }

  TurnMeter meter() {
    return turn.meter();
  }

  /** Ends the turn of an episode that was taken over. */
  TurnEnd end(String why) {
    return instead.apply(why);
  }

  /** It went on. Only its own thread writes, so that no locked instruction is needed. */
  @Override
  public void run() {
    progress.lazySet(++steps);
  }

  /** User code ended; interrupts that come later must not hit the engine's. */
  synchronized void leave() {
    interrupter = null;
    Thread.interrupted();
  }

  synchronized void interrupt() {
    if (interrupter != null) {
      interrupter.run();
    }
  }

  /**
   * Looks at it; only the watch does. A pause of the whole process counts as one look, so that it
   * is taken for no orchestrator's fault.
   *
   * @return how many looks in a row saw no progress
   */
  int look(long nanos) {
    long now = progress.get();
    if (now != seen) {
      seen = now;
      sinceNanos = nanos;
      looks = 0;
    } else {
      looks++;
    }
    return looks;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  boolean blocks() {
    Thread.State now = thread.state();
    return now != Thread.State.RUNNABLE && now != Thread.State.NEW;
  }

  List<StackTraceElement> stack() {
    return thread.stack();
  }

  static String place(List<StackTraceElement> stack) {
    String line = CallSites.userFrame(stack.toArray(new StackTraceElement[0]));
    return line == null ? "an unknown line" : line;
  }
}
