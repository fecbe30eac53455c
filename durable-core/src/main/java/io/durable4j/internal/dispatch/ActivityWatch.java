package io.durable4j.internal.dispatch;

import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Messages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The custodian of activities while they run: renews their leases and ends those over their time.
 */
public final class ActivityWatch {
  private final Drive drive;
  private final Messages messages;
  private final DispatchSettings settings;
  private final Observer observer;
  private final Signal signal;
  private final Signal idle;
  private final Set<RunningActivity> running = new LinkedHashSet<>();
  private volatile boolean stopped;

  /**
   * Creates a watch over nothing.
   *
   * @param drive time
   * @param messages storage
   * @param settings the lease
   * @param observer hears of failures
   */
  public ActivityWatch(
      Drive drive, Messages messages, DispatchSettings settings, Observer observer) {
    this.drive = drive;
    this.messages = messages;
    this.settings = settings;
    this.observer = observer;
    this.signal = drive.signal();
    this.idle = drive.signal();
  }

  void add(RunningActivity run) {
    synchronized (running) {
      running.add(run);
    }
    if (run.timeoutNanos() != Signal.FOREVER) {
      signal.raise();
    }
  }

  void remove(RunningActivity run) {
    synchronized (running) {
      running.remove(run);
    }
    idle.raise();
  }

  List<RunningActivity> running() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  /**
   * How many run.
   *
   * @return the number
   */
  public int count() {
    synchronized (running) {
      return running.size();
    }
  }

  /**
   * Waits until no activity runs.
   *
   * @param untilNanos the monotonic time at which to give up
   * @return whether none runs
   */
  public boolean awaitIdle(long untilNanos) {
    while (!running().isEmpty()) {
      if (!idle.await(untilNanos)) {
        return running().isEmpty();
      }
    }
    return true;
  }

  /** Ends the loop. */
  public void stop() {
    stopped = true;
    signal.raise();
  }

  /**
   * Interrupts those whose results nobody needs any more.
   *
   * @param requests the messages that asked for them
   */
  void cancel(Set<MessageId> requests) {
    for (RunningActivity run : requests.isEmpty() ? List.<RunningActivity>of() : running()) {
      if (requests.contains(run.request().id())) {
        run.cancel();
      }
    }
  }

  /** Interrupts what still runs; what fails then runs again elsewhere. */
  public void breakOffAll() {
    running().forEach(RunningActivity::breakOff);
  }

  /**
   * Watches until stopped.
   *
   * @param timedOut answers for an activity that is over its time
   */
  void run(Consumer<RunningActivity> timedOut) {
    while (!stopped) {
      long now = drive.nanos();
      long next = Signal.FOREVER;
      List<RunningActivity> due = new ArrayList<>();
      long lease = settings.lease().toNanos();
      for (RunningActivity run : running()) {
        if (run.isHandedOver() || run.held().isLost()) {
          continue;
        }
        if (!run.isAnswered() && run.timeoutNanos() <= now) {
          timedOut.accept(run);
        } else if (!run.isAnswered()) {
          next = Math.min(next, run.timeoutNanos());
        }
        if (run.held().deadlineNanos() - now < lease * 2 / 3) {
          due.add(run);
        }
      }
      renew(due, now, lease);
      signal.await(Math.min(next, drive.nanos() + lease / 3), this::nextTimeout);
    }
  }

  private long nextTimeout() {
    return running().stream()
        .filter(run -> !run.isHandedOver() && !run.held().isLost() && !run.isAnswered())
        .mapToLong(RunningActivity::timeoutNanos)
        .min()
        .orElse(Signal.FOREVER);
  }

  private void renew(List<RunningActivity> due, long now, long lease) {
    if (due.isEmpty()) {
      return;
    }
    try {
      Map<MessageId, Delivery> kept =
          messages.renew(due.stream().map(r -> r.held().delivery()).toList(), settings.lease());
      for (RunningActivity run : due) {
        Delivery d = kept.get(run.request().id());
        if (d != null || !run.isHandedOver()) {
          run.held().renewed(d, now + lease);
        }
        if (run.held().isLost()) {
          observer.on(new EngineEvent.LeaseLost(run.request().to().instance(), run.name()));
          run.cancel();
        }
      }
    } catch (RuntimeException e) {
      observer.on(new EngineEvent.StorageFailed("renewing activities", e));
    }
  }
}
