package io.durable4j.internal.dispatch;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Polling;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches activities from the shared queue, never without a permit for each. It asks for the names
 * that this worker knows, and now and then for those that nobody seems to take. One thread.
 */
public final class ActivityLoop {
  private static final int BATCH = 32;
  private static final long MILLI = 1_000_000;

  private final Drive drive;
  private final Messages messages;
  private final DispatchSettings settings;
  private final ActivityPermits permits;
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
      ActivityPermits permits,
      Observer observer,
      Signal signal) {
    this.drive = drive;
    this.messages = messages;
    this.settings = settings;
    this.permits = permits;
    this.observer = observer;
    this.signal = signal;
    this.full = new Saturation(observer, PermitKind.ACTIVITY, permits.all().total());
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
   * @param start starts an activity; its permits are taken
   * @param unknown what was seen of activities that nobody here knows
   */
  void run(Consumer<Held> start, UnknownNames unknown) {
    Strays strays = new Strays(messages, settings, unknown, permits.picks());
    Polling polling = new Polling(drive, settings.pollMin(), settings.pollMax());
    long nextPoll = Long.MIN_VALUE;
    long visible = Signal.FOREVER;
    while (!stopped) {
      long now = drive.nanos();
      if (lookAgain) {
        lookAgain = false;
        nextPoll = now;
        polling.restart();
      }
      if (permits.fetchIsWanted()) {
        nextPoll = now;
      }
      try {
        Fetch any = strays.areDue(now) ? permits.fetchAny(BATCH) : null;
        if (any != null) {
          fetch(any, now, start);
        }
        Fetch fetch = now < nextPoll ? null : permits.fetch(BATCH);
        if (fetch == null) {
          if (now >= nextPoll && permits.all().inUse() >= permits.all().total()) {
            full.begins();
          }
          long poll = now < nextPoll ? nextPoll : Signal.FOREVER;
          long due = poll == Signal.FOREVER ? poll : visible;
          long look = Math.min(poll, strays.nextNanos());
          if (!signal.await(look, () -> due) && drive.nanos() < look) {
            // a clock that jumps has stopped because a message is visible now
            nextPoll = drive.nanos();
          }
          continue;
        }
        Came came = fetch(fetch, now, start);
        visible = came.nextVisible == null ? Signal.FOREVER : drive.nanosAt(came.nextVisible);
        if (came.more) {
          nextPoll = now;
        } else {
          full.over();
          nextPoll = polling.next(now, came.nextVisible);
        }
      } catch (RuntimeException e) {
        observer.on(new EngineEvent.StorageFailed("fetching activities", e));
        nextPoll = drive.nanos() + 200 * MILLI;
      }
    }
  }

  /** What a fetch brought: whether there may be more now, and when there will be. */
  private record Came(boolean more, @Nullable Instant nextVisible) {}

  private Came fetch(Fetch fetch, long now, Consumer<Held> start) {
    try {
      Received got =
          messages.receive(
              QueueId.activity(0), new Receive(fetch.max(), settings.lease(), null, fetch.names()));
      long deadline = now + settings.lease().toNanos();
      List<Delivery> over = new ArrayList<>();
      List<Held> mine = new ArrayList<>();
      for (Delivery d : got.deliveries()) {
        if (fetch.use(d.message())) {
          mine.add(new Held(d, deadline));
        } else {
          over.add(d);
        }
      }
      boolean more = fetch.end(got.deliveries().size());
      mine.forEach(start);
      if (!over.isEmpty()) {
        messages.release(over, Duration.ZERO);
      }
      return new Came(more, got.nextVisible());
    } finally {
      fetch.failed();
    }
  }
}
