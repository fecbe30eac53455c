package io.durable4j.internal.dispatch;

import io.durable4j.activity.ActivityContext;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.Headers;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.message.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of an activity. It is answered once: by its end, or by its timeout. Thread-safe. */
final class RunningActivity implements ActivityContext {
  private final Held held;
  private final String name;
  private final TaskScheduled call;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final long timeoutNanos;
  private final @Nullable Duration timeout;
  private volatile boolean cancelled;
  private volatile boolean brokenOff;
  private volatile boolean handedOver;
  private @Nullable Runnable interrupter;

  RunningActivity(Held held, TaskScheduled call, @Nullable Duration timeout, long nanos) {
    this.held = held;
    this.name = call.name();
    this.call = call;
    this.timeout = timeout;
    this.timeoutNanos = timeout == null ? Signal.FOREVER : nanos + timeout.toNanos();
  }

  Held held() {
    return held;
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  Message request() {
    return held.delivery().message();
  }

  /** Whether the caller is the one that answers. */
  boolean answer() {
    return answered.compareAndSet(false, true);
  }

  /** The answer is in other hands, and the lease with it. */
  void handedOver() {
    handedOver = true;
  }

  boolean isHandedOver() {
    return handedOver;
  }

  boolean isAnswered() {
    return answered.get();
  }

  /** User code begins on this thread. */
  synchronized void enter(Runnable interruptsThisThread) {
    interrupter = interruptsThisThread;
  }

  /** Interrupts that come after the user's code must not hit the engine's. */
  synchronized void leave() {
    interrupter = null;
    Thread.interrupted();
  }

  /** Interrupted since its worker ends; what it fails with then is no answer. */
  void breakOff() {
    brokenOff = true;
    cancel();
  }

  boolean isBrokenOff() {
    return brokenOff;
  }

  synchronized void cancel() {
    cancelled = true;
    if (interrupter != null) {
      interrupter.run();
    }
  }

  @Override
  public String idempotencyKey() {
    return Objects.requireNonNull(request().to().execution()).value() + ":" + call.firstAttempt();
  }

  @Override
  public String instanceId() {
    return request().to().instance().value();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int delivery() {
    return held.delivery().attempt();
  }

  @Override
  public Map<String, String> tags() {
    return Headers.without(call.tags());
  }

  @Override
  public Map<String, String> headers() {
    return Headers.of(call.tags());
  }

  @Override
  public String version() {
    return call.version();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  HistoryEvent event() {
    return request().event();
  }
}
