package io.durable4j.internal.dispatch;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.EngineEvent.PermitKind;
import io.durable4j.internal.observe.Observer;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Messages;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.Received;
import java.time.Duration;
import java.util.function.Consumer;

/** Fetches activities from the shared queue, never without a permit for each. One thread. */
public final class ActivityLoop {
  private static final int BATCH = 32;
  private static final long MILLI = 1_000_000;

  private final Drive drive;
  private final Messages messages;
  private final DispatchSettings settings;
  private final Permits permits;
  private final Observer observer;
  private final Signal signal;
  private final Saturation full;
  private volatile boolean stopped;
  private volatile boolean lookAgain = true;

  /**
   * Creates a loop.
   *
   * @param drive time
   * @param messages storage
   * @param settings lease and polling
   * @param permits taken before a fetch
   * @param observer hears of failures
   * @param signal raised when a permit is freed
   */
  public ActivityLoop(
      Drive drive,
      Messages messages,
      DispatchSettings settings,
      Permits permits,
      Observer observer,
      Signal signal) {
    this.drive = drive;
    this.messages = messages;
    this.settings = settings;
    this.permits = permits;
    this.observer = observer;
    this.signal = signal;
    this.full = new Saturation(observer, PermitKind.ACTIVITY, permits.total());
  }

  /** The queue may have something. */
  public void look() {
    lookAgain = true;
    signal.raise();
  }

  /** Ends the loop. */
  public void stop() {
    stopped = true;
    signal.raise();
  }

  /**
   * Fetches until stopped.
   *
   * @param start starts an activity; its permit is taken
   */
  void run(Consumer<Held> start) {
    long pollNanos = 0;
    long nextPoll = Long.MIN_VALUE;
    while (!stopped) {
      long now = drive.nanos();
      if (lookAgain) {
        lookAgain = false;
        nextPoll = now;
        pollNanos = 0;
      }
      int taken = now < nextPoll ? 0 : permits.takeShared(BATCH);
      if (taken == 0) {
        if (now >= nextPoll) {
          full.begins();
        }
        signal.await(now < nextPoll ? nextPoll : Signal.FOREVER);
        continue;
      }
      int started = 0;
      try {
        Received got =
            messages.receive(QueueId.activity(0), new Receive(taken, settings.lease(), null, null));
        long deadline = now + settings.lease().toNanos();
        permits.sharedHasWork(got.deliveries().size() == taken);
        for (Delivery d : got.deliveries()) {
          started++;
          start.accept(new Held(d, deadline));
        }
        if (got.deliveries().size() == taken) {
          nextPoll = now;
        } else {
          full.over();
          pollNanos = Math.min(settings.pollMax().toNanos(), Math.max(50 * MILLI, pollNanos * 2));
          long visible =
              got.nextVisible() == null
                  ? Long.MAX_VALUE
                  : Math.max(
                      MILLI, clamp(Duration.between(drive.now(), got.nextVisible())) + MILLI);
          nextPoll = now + Math.min(pollNanos, visible);
        }
      } catch (RuntimeException e) {
        observer.on(new EngineEvent.StorageFailed("fetching activities", e));
        nextPoll = drive.nanos() + 200 * MILLI;
      } finally {
        permits.give(taken - started);
      }
    }
  }

  private long clamp(Duration wait) {
    return wait.compareTo(settings.pollMax()) > 0 ? settings.pollMax().toNanos() : wait.toNanos();
  }
}
