package io.durable4j.inmemory.testing;

import io.durable4j.client.DurableClient;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.history.RecordedHistory;
import io.durable4j.internal.verify.Served;
import io.durable4j.internal.verify.Verdict;
import io.durable4j.internal.verify.Verdict.Misfit;
import io.durable4j.internal.verify.Verdict.NotReplayed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replays every instance once more: what the last episode of each decided was never replayed, as no
 * other followed it.
 */
final class LastReplay {
  /** How the engine ends an instance whose code does not fit its history. */
  private static final String MISMATCH = "NonDeterminism";

  private LastReplay() {}

  /** What does not fit, for a person. */
  static List<String> of(Served code, DurableClient client) {
    List<String> problems = new ArrayList<>();
    try (Stream<InstanceState> all = client.query(q -> q)) {
      all.forEach(s -> replay(code, client, s, problems));
    }
    return problems;
  }

  private static void replay(
      Served code, DurableClient client, InstanceState state, List<String> problems) {
    FailureDetails failure = state.progress().failure();
    if (failure != null && failure.type().equals(MISMATCH)) {
      problems.add(failure.message());
      return;
    }
    RecordedHistory history = client.instance(state.id().value()).history();
    if (RecordedHistory.startOf(history.events()) == null) {
      return;
    }
    String instance = "Instance " + state.id() + " of " + state.name();
    Verdict verdict = code.replay(history);
    if (verdict instanceof Misfit m) {
      problems.add(
          instance
              + ": replayed once more, the code does not decide again as it did, at step "
              + m.step()
              + ". Recorded: "
              + m.recorded()
              + ". Produced: "
              + m.produced()
              + ", at "
              + m.where());
    } else if (verdict instanceof NotReplayed n && state.status() != OrchestrationStatus.FAILED) {
      problems.add(instance + " cannot be replayed once more: " + n.why());
    }
  }
}
