package io.durable4j.internal.replay;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.orchestration.CallOptions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins calls of activities: single attempts, and those with retries. */
final class Activities {
  private final Episode episode;
  private final ExecutionStarted start;

  Activities(Episode episode, ExecutionStarted start) {
    this.episode = episode;
    this.start = start;
  }

  <I extends @Nullable Object, O extends @Nullable Object> TaskCell<O> call(
      ActivityRef<I, O> activity, I input, CallOptions options) {
    if (isRecorded(activity.name(), List.of(), options)) {
      return repeat(
          new ActivityCall<>(episode, activity.name(), activity.output().type(), List.of()));
    }
    return begin(
        new ActivityCallee.Target(activity.name(), List.of(), activity.output().type(), List.of()),
        Collections.singletonList(input),
        options);
  }

  TaskCell<@Nullable Object> call(
      ContractMethod method, @Nullable Object @Nullable [] arguments, CallOptions options) {
    if (isRecorded(method.name(), method.aliases(), options)) {
      return repeat(new ActivityCall<>(episode, method.name(), method.result(), method.declared()));
    }
    return begin(
        new ActivityCallee.Target(
            method.name(), method.aliases(), method.result(), method.declared()),
        arguments == null ? List.of() : Arrays.asList(arguments),
        options);
  }

  /** Whether this very call is recorded, and nothing but its name needs to be looked at. */
  private boolean isRecorded(String name, List<String> aliases, CallOptions options) {
    return !hasRetries(options)
        && options.instanceId() == null
        && ActivityCallee.isRecorded(episode, name, aliases);
  }

  private <V extends @Nullable Object> TaskCell<V> repeat(ActivityCall<V> call) {
    episode.repeat(episode.timeline().messageOf(episode.nextId()), call);
    return call.task();
  }

  private <V extends @Nullable Object> TaskCell<V> begin(
      ActivityCallee.Target target, List<@Nullable Object> values, CallOptions options) {
    Payload arguments = episode.payloads().encodeArguments(target.name(), values);
    ActivityCallee callee = new ActivityCallee(episode, target, arguments, options, start);
    if (hasRetries(options)) {
      return new RetriedCall<V>(episode, callee, options).start();
    }
    ActivityCall<V> call =
        new ActivityCall<>(episode, target.name(), target.result(), target.declared());
    callee.call(episode.nextId(), call);
    return call.task();
  }

  private static boolean hasRetries(CallOptions options) {
    return options.retry() != null || options.handler() != null;
  }
}
