package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.orchestration.ContinueOptions;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the orchestrator asked for with continue-as-new; the last request counts. */
final class NextGeneration {
  private final Episode episode;
  private final TypeRef<?> type;
  private @Nullable Payload input;
  private ContinueOptions options = ContinueOptions.DEFAULT;
  private boolean asked;

  NextGeneration(Episode episode, TypeRef<?> type) {
    this.episode = episode;
    this.type = type;
  }

  void ask(@Nullable Object value, ContinueOptions how) {
    if (how.version() == null && !fits(value)) {
      throw new OrchestratorRuleException(
          "continueAsNew got "
              + (value == null ? "null" : "a " + value.getClass().getName())
              + ", but the input of this orchestrator is "
              + type
              + "; give the next generation's whole input");
    }
    input = episode.payloads().encode(value, "input of the next generation");
    options = how;
    asked = true;
  }

  /** Another version may take another input; its own decoding judges then. */
  private boolean fits(@Nullable Object value) {
    Type raw = type.type() instanceof ParameterizedType p ? p.getRawType() : type.type();
    return value == null
        || !(raw instanceof Class<?> c)
        || MethodType.methodType(c).wrap().returnType().isInstance(value);
  }

  boolean isAsked() {
    return asked;
  }

  ExecutionCompleted body() {
    return new ExecutionCompleted(OrchestrationStatus.CONTINUED_AS_NEW, input, null);
  }

  EpisodeResult.ContinuedAsNew end() {
    return new EpisodeResult.ContinuedAsNew(input, options.version(), carried());
  }

  /** Events that no wait has taken, and those that the code has not come to. */
  private List<HistoryEvent> carried() {
    if (!options.preserveEvents()) {
      return List.of();
    }
    List<HistoryEvent> all = new ArrayList<>(episode.events().early());
    for (HistoryEvent e = episode.timeline().next(); e != null; e = episode.timeline().next()) {
      if (e.body() instanceof EventRaised r && !episode.isAnswer(r)) {
        all.add(e);
      }
    }
    return all;
  }
}
