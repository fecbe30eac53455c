package io.durable4j.internal.replay;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.Payload;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.orchestration.CallOptions;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins calls of activities: single attempts, and those with retries. */
final class Activities {
  private final Episode episode;
  private final Inherited inherited;

  Activities(Episode episode, Inherited inherited) {
    this.episode = episode;
    this.inherited = inherited;
  }

  <I extends @Nullable Object, O extends @Nullable Object> TaskCell<O> call(
      ActivityRef<I, O> activity, I input, CallOptions options) {
    TaskCell<O> known =
        known(activity.name(), List.of(), activity.output().type(), List.of(), options);
    if (known != null) {
      return known;
    }
    return begin(
        new ActivityCallee.Target(activity.name(), List.of(), activity.output().type(), List.of()),
        Collections.singletonList(input),
        options);
  }

  TaskCell<@Nullable Object> call(
      ContractMethod method, @Nullable Object @Nullable [] arguments, CallOptions options) {
    TaskCell<@Nullable Object> known =
        known(method.name(), method.aliases(), method.result(), method.declared(), options);
    if (known != null) {
      return known;
    }
    return begin(
        new ActivityCallee.Target(
            method.name(), method.aliases(), method.result(), method.declared()),
        arguments == null ? List.of() : Arrays.asList(arguments),
        options);
  }

  /** This very call as it is recorded, where nothing but its name needs to be looked at. */
  private <V extends @Nullable Object> @Nullable TaskCell<V> known(
      String name,
      List<String> aliases,
      Type result,
      List<Class<? extends Exception>> declared,
      CallOptions options) {
    if (options.hasRetries() || options.instanceId() != null) {
      return null;
    }
    TaskCell<V> task = episode.payloads().repeated(name, aliases, result, declared);
    if (task != null) {
      episode.repeat(task);
    }
    return task;
  }

  private <V extends @Nullable Object> TaskCell<V> begin(
      ActivityCallee.Target target, List<@Nullable Object> values, CallOptions options) {
    Payload arguments = episode.payloads().encodeArguments(target.name(), values);
    ActivityCallee callee = new ActivityCallee(episode, target, arguments, options, inherited);
    if (options.hasRetries()) {
      return new RetriedCall<V>(episode, callee, options).start();
    }
    ActivityCall<V> call = new ActivityCall<>(target.name(), target.result(), target.declared());
    TaskCell<V> task = new TaskCell<>(episode, call, episode.nextId());
    callee.call(episode.nextId(), task);
    return task;
  }
}
