package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another orchestration, with what it inherits from the one that starts it. */
final class ChildCallee implements RetriedCall.Callee {
  private final Episode episode;
  private final OrchestratorRef<?, ?> ref;
  private final @Nullable Payload input;
  private final @Nullable InstanceId given;
  private final String version;
  private final Map<String, String> tags;

  ChildCallee(
      Episode episode,
      OrchestratorRef<?, ?> ref,
      @Nullable Payload input,
      CallOptions options,
      Inherited inherited) {
    if (options.timeout() != null) {
      throw new OrchestratorRuleException(
          "Sub-orchestration "
              + ref.name()
              + " was called with a timeout; use awaitFor on the task instead");
    }
    String id = options.instanceId();
    if (id != null && id.startsWith("@")) {
      throw new OrchestratorRuleException(
          "An orchestration cannot have the instance id '" + id + "': with @ begin entities' ids");
    }
    if (options.tags().containsKey(SubOrchestrationCreated.DETACHED)) {
      throw new OrchestratorRuleException(
          "The tag " + SubOrchestrationCreated.DETACHED + " is the engine's own");
    }
    this.episode = episode;
    this.ref = ref;
    this.input = input;
    this.given = id == null ? null : new InstanceId(id);
    String own = options.version();
    this.version = own == null ? episode.input().rules().childVersion() : own;
    this.tags = new HashMap<>(inherited.tags());
    this.tags.putAll(options.tags());
    this.tags.remove(SubOrchestrationCreated.DETACHED);
  }

  @Override
  public String what() {
    return "Sub-orchestration " + ref.name();
  }

  @Override
  public Type result() {
    return ref.output().type();
  }

  @Override
  public int call(int firstAttempt, Episode.Open onEnd) {
    return episode.act(body(tags), List.of(), onEnd);
  }

  /** Starts it without waiting; answers its id. */
  String detach() {
    Map<String, String> marked = new HashMap<>(tags);
    marked.put(SubOrchestrationCreated.DETACHED, "");
    SubOrchestrationCreated body = body(marked);
    episode.act(body, List.of(), null);
    return body.instance().value();
  }

  private SubOrchestrationCreated body(Map<String, String> all) {
    InstanceId id = given == null ? derived() : given;
    return new SubOrchestrationCreated(ref.name(), version, id, input, all);
  }

  /**
   * The execution and the number of the step, and a digest of what is called: where commits are not
   * atomic, a child of a turn that was not committed may stand where the committed one calls
   * another. On replay it is as it was recorded.
   */
  private InstanceId derived() {
    int step = episode.nextId();
    String prefix = episode.input().execution() + ":" + step + ":";
    HistoryEvent recorded = episode.timeline().recorded(step);
    if (recorded != null
        && recorded.body() instanceof SubOrchestrationCreated r
        && r.instance().value().startsWith(prefix)) {
      return r.instance();
    }
    String text = input == null ? null : input.text();
    MessageId digest = MessageId.derived("child", ref.name(), version, text);
    return new InstanceId(prefix + digest.value().toString().substring(0, 8));
  }

  /** The end of the waiting, not of the child. */
  @Override
  public void withdraw(int attempt) {
    episode.forget(attempt);
  }
}
