package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.InstanceId;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an orchestration does to other instances: starts them and sends them events. */
final class Others {
  private final Episode episode;
  private final Inherited inherited;

  Others(Episode episode, Inherited inherited) {
    this.episode = episode;
    this.inherited = inherited;
  }

  ChildCallee child(OrchestratorRef<?, ?> ref, @Nullable Object input, CallOptions options) {
    Payload payload = episode.payloads().encodeNext(input, "input of " + ref.name());
    return new ChildCallee(episode, ref, payload, options, inherited);
  }

  String detached(OrchestratorRef<?, ?> ref, @Nullable Object input, CallOptions options) {
    if (options.hasRetries()) {
      throw new OrchestratorRuleException(
          "The detached start of "
              + ref.name()
              + " has retries; nobody hears of its end. Use callSubOrchestrator");
    }
    return child(ref, input, options).detach();
  }

  void send(String instanceId, String name, @Nullable Object payload) {
    if (instanceId.startsWith("@")) {
      throw new OrchestratorRuleException(
          "'" + instanceId + "' is an entity's id; entities take operations, not events");
    }
    InstanceId target = new InstanceId(instanceId);
    Payload encoded = episode.payloads().encodeNext(payload, "payload of event " + name);
    episode.act(new EventSent(target, name, encoded), List.of(), null);
  }
}
