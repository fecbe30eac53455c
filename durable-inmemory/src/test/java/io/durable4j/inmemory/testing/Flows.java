package io.durable4j.inmemory.testing;

import io.durable4j.activity.ActivityRef;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;

/** What the tests run. */
final class Flows {
  static final OrchestratorRef<Duration, String> SLEEP =
      OrchestratorRef.of("Sleep", Duration.class, String.class);
  static final OrchestratorRef<String, String> ASK =
      OrchestratorRef.of("Ask", String.class, String.class);
  static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);
  static final EventRef<String> ANSWER = EventRef.of("answer", String.class);

  private Flows() {}

  static DurableTest sleeping(TestOptions options) {
    return DurableTest.with(
        options,
        h ->
            h.orchestrator(
                SLEEP,
                (ctx, time) -> {
                  ctx.createTimer(time).await();
                  return "slept " + time;
                }));
  }
}
