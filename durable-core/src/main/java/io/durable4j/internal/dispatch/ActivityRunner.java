package io.durable4j.internal.dispatch;

import io.durable4j.activity.ActivityContext;
import io.durable4j.data.DataConverter;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.EngineEvent.ActivityResult;
import io.durable4j.internal.observe.Observer;
import io.durable4j.message.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs activities: user code in, a result for the caller out. */
public final class ActivityRunner {
  private final Drive drive;
  private final Registry registry;
  private final DerivedIds ids;
  private final DataConverter converter;
  private final int maxPayload;
  private final DispatchSettings settings;
  private final ActivityWatch watch;
  private final Results results;
  private final Quarantine quarantine;
  private final Observer observer;
  private final UnknownNames unknown;

  /** What activities work with. */
  public record Parts(
      Drive drive,
      Registry registry,
      DerivedIds ids,
      DataConverter converter,
      int maxPayload,
      DispatchSettings settings,
      Observer observer) {}

  /**
   * Creates a runner.
   *
   * @param parts what it works with
   * @param watch keeps leases and times
   * @param results takes results
   * @param quarantine takes activities that were delivered too often
   */
  public ActivityRunner(Parts parts, ActivityWatch watch, Results results, Quarantine quarantine) {
    this.drive = parts.drive;
    this.registry = parts.registry;
    this.ids = parts.ids;
    this.converter = parts.converter;
    this.maxPayload = parts.maxPayload;
    this.settings = parts.settings;
    this.observer = parts.observer;
    this.watch = watch;
    this.results = results;
    this.quarantine = quarantine;
    this.unknown = new UnknownNames(settings.unknownGrace());
  }

  /**
   * Runs an activity to its end on this thread. The permit is the caller's to give back.
   *
   * @param held its message
   * @return a mailbox whose next turn the caller has to run; null when there is none
   */
  @Nullable Mailbox run(Held held) {
    Message request = held.delivery().message();
    if (!(request.event().body() instanceof TaskScheduled call)) {
      observer.on(
          new EngineEvent.Dropped(
              request.to().instance(), request.event().body().kind(), "it is no activity's"));
      results.discard(held);
      return null;
    }
    RegisteredActivity activity = registry.activity(call.name());
    if (activity == null) {
      return unknown(held, call);
    }
    if (quarantine.isPoison(held.delivery())) {
      quarantine.activity(held.delivery(), call);
      return null;
    }
    Duration limit = settings.timeouts().of(call.timeout(), activity.timeout());
    RunningActivity run = new RunningActivity(held, call, limit, drive.nanos());
    watch.add(run);
    try {
      EventBody result = observed(run, activity, call);
      if (!run.answer() || held.isLost()) {
        return null;
      }
      if (isBrokenOff(run, result)) {
        held.markLost();
        results.giveBack(held, Duration.ZERO);
        return null;
      }
      return results.hand(held, message(request, result));
    } finally {
      watch.remove(run);
    }
  }

  /** Whether it did not finish, since its worker ends: it runs again where it is delivered next. */
  private static boolean isBrokenOff(RunningActivity run, EventBody result) {
    return run.isBrokenOff() && result instanceof TaskFailed;
  }

  private EventBody observed(RunningActivity run, RegisteredActivity activity, TaskScheduled call) {
    InstanceId instance = run.request().to().instance();
    Duration waited = Duration.between(run.event().timestamp(), drive.now());
    observer.on(
        new EngineEvent.ActivityStarted(
            instance,
            activity.name(),
            run.delivery(),
            waited.isNegative() ? Duration.ZERO : waited));
    long begun = drive.nanos();
    EventBody result = execute(run, activity, call);
    ActivityResult how =
        run.isAnswered() || run.held().isLost() || isBrokenOff(run, result)
            ? ActivityResult.LATE
            : result instanceof TaskFailed ? ActivityResult.FAILED : ActivityResult.COMPLETED;
    long took = drive.nanos() - begun;
    observer.on(new EngineEvent.ActivityEnded(instance, activity.name(), took, how));
    return result;
  }

  private EventBody execute(RunningActivity run, RegisteredActivity activity, TaskScheduled call) {
    HistoryEvent event = run.event();
    MessageId request = run.request().id();
    EventBody[] result = new EventBody[1];
    run.enter(drive.interrupter());
    try {
      ActivityContext.runWith(
          run,
          () -> {
            try {
              Payload output = activity.run(call.input(), converter, registry.aroundActivities());
              refuseTooLarge(output);
              result[0] = new TaskCompleted(event.eventId(), request, output);
            } catch (Throwable t) {
              result[0] = new TaskFailed(event.eventId(), request, failure(run, activity, t));
            }
          });
    } finally {
      run.leave();
    }
    return result[0];
  }

  private FailureDetails failure(RunningActivity run, RegisteredActivity activity, Throwable t) {
    if (t instanceof PayloadException e
        && !String.valueOf(e.getMessage()).startsWith("Instance ")) {
      String where =
          "Instance "
              + run.instanceId()
              + ", step "
              + run.event().eventId()
              + ", activity "
              + run.name()
              + ": ";
      return activity.failure(new PayloadException(where + e.getMessage(), e.getCause()));
    }
    return activity.failure(t);
  }

  private void refuseTooLarge(@Nullable Payload output) {
    int size = output == null ? 0 : output.sizeInBytes();
    if (size > maxPayload) {
      throw new PayloadException(
          "the result has " + size + " bytes, the backend's limit is " + maxPayload, null);
    }
  }

  /** Answers for an activity that runs over its time; its thread keeps its permit until it ends. */
  void timedOut(RunningActivity run) {
    if (!run.answer()) {
      return;
    }
    observer.on(new EngineEvent.ActivityTimedOut(run.request().to().instance(), run.name()));
    FailureDetails why =
        FailureDetails.of(
            "ActivityTimedOut",
            "Activity " + run.name() + " ran longer than " + run.timeout(),
            false);
    Message answer =
        message(run.request(), new TaskFailed(run.event().eventId(), run.request().id(), why));
    run.cancel();
    results.handElsewhere(run.held(), answer);
    run.handedOver();
  }

  private @Nullable Mailbox unknown(Held held, TaskScheduled call) {
    HistoryEvent event = held.delivery().message().event();
    Duration age = Duration.between(event.timestamp(), drive.now());
    if (!unknown.isNobodys(call.name(), held.delivery().message().id(), age, drive.nanos())) {
      observer.on(new EngineEvent.UnknownActivity(call.name()));
      results.giveBack(held, settings.backoff(held.delivery().attempt()));
      return null;
    }
    FailureDetails why =
        FailureDetails.of(
            "UnknownActivity",
            "No activity '"
                + call.name()
                + "' is registered at any worker, for longer than "
                + settings.unknownGrace(),
            true);
    Message request = held.delivery().message();
    return results.hand(held, message(request, new TaskFailed(event.eventId(), request.id(), why)));
  }

  /** What was seen of activities that this worker does not know. */
  UnknownNames unknownNames() {
    return unknown;
  }

  private Message message(Message request, EventBody result) {
    return new Message(
        request.to(),
        request.to(),
        HistoryEvent.of(drive.now(), ids.answerTo(request.id()), result));
  }

  /** The activities under way. */
  List<RunningActivity> running() {
    return watch.running();
  }
}
