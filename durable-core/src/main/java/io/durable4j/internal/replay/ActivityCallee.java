package io.durable4j.internal.replay;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.internal.contract.DeclaredFailure;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An activity, with what its call inherits from the orchestration. */
final class ActivityCallee implements RetriedCall.Callee {
  private final Episode episode;
  private final Target target;
  private final @Nullable Payload arguments;
  private final @Nullable Duration timeout;
  private final String version;
  private final Map<String, String> tags;

  /** Which activity it is. */
  record Target(
      String name, List<String> aliases, Type result, List<Class<? extends Exception>> declared) {}

  ActivityCallee(
      Episode episode,
      Target target,
      @Nullable Payload arguments,
      CallOptions options,
      Inherited inherited) {
    if (options.instanceId() != null) {
      throw new OrchestratorRuleException(
          "Activity " + target.name() + " was called with an instance id; it has no instance");
    }
    this.episode = episode;
    this.target = target;
    this.arguments = arguments;
    this.timeout = options.timeout();
    String own = options.version();
    this.version = own == null ? inherited.version() : own;
    this.tags = merged(inherited.tags(), options.tags());
  }

  private static Map<String, String> merged(Map<String, String> all, Map<String, String> own) {
    if (own.isEmpty()) {
      return all;
    }
    Map<String, String> both = new HashMap<>(all);
    both.putAll(own);
    return both;
  }

  @Override
  public String what() {
    return "Activity " + target.name();
  }

  @Override
  public Type result() {
    return target.result();
  }

  @Override
  public int call(int firstAttempt, Episode.Open onEnd) {
    RecordedCall known = episode.payloads().knownCall();
    if (known != null && known.fits(target.name(), target.aliases())) {
      return episode.repeat(onEnd);
    }
    TaskScheduled body =
        new TaskScheduled(target.name(), version, arguments, tags, timeout, firstAttempt, false);
    return episode.act(body, target.aliases(), onEnd);
  }

  @Override
  public void withdraw(int attempt) {
    episode.withdraw(attempt);
  }

  @Override
  public @Nullable Throwable declared(FailureDetails failure) {
    return DeclaredFailure.rebuild(target.declared(), failure);
  }
}
