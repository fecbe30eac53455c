package io.durable4j.samples.snippets;

import io.durable4j.activity.Name;
import io.durable4j.client.DurableClient;
import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.testing.history.DurableNames;
import io.durable4j.inmemory.testing.history.GoldenHistories;
import io.durable4j.inmemory.testing.history.HistoryFile;
import io.durable4j.inmemory.testing.history.Replay;
import io.durable4j.inmemory.testing.history.ReplayReport;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.nio.file.Path;

/** Recorded histories in tests, as the page on testing shows them. */
final class Histories {
  private static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  private static final OrchestratorRef<String, String> REFUND =
      OrchestratorRef.of("Refund", String.class, String.class);
  private static final EventRef<Boolean> APPROVED = EventRef.of("approved", Boolean.class);

  private Histories() {}

  private static final class OrderFlow implements Orchestrator<String, String> {
    @Override
    public String run(OrchestrationContext ctx, String item) {
      return ctx.waitForExternalEvent(APPROVED).await() ? item : "nothing";
    }
  }

  private static final class FormerFlow implements Orchestrator<String, String> {
    @Override
    public String run(OrchestrationContext ctx, String item) {
      return item;
    }
  }

  private static final class Application {
    static void register(DurableHost.Builder h) {
      h.orchestrator(ORDER, OrderFlow::new).orchestrator(REFUND, FormerFlow::new);
    }
  }

  static void write(DurableClient client) {
    // snippet write
    HistoryFile.write(
        Path.of("src/test/resources/histories/order-17.json"), client.instance("order-17"));
    // end
  }

  static void replay() {
    // snippet replay
    Replay.of(ORDER, OrderFlow::new).passes(Path.of("src/test/resources/histories"));
    // end
  }

  static void replaySeveral() {
    // snippet several
    Replay.of(ORDER, OrderFlow::new)
        .version(ORDER, "1", FormerFlow::new)
        .and(REFUND, FormerFlow::new)
        .passes(Path.of("src/test/resources/histories"));
    // end
  }

  static ReplayReport replayAll() {
    // snippet host
    ReplayReport report =
        Replay.of(Application::register).check(Path.of("src/test/resources/histories"));
    // end
    return report;
  }

  static void record(DurableClient client) {
    // snippet record
    GoldenHistories.ofProperties().record(client, "OrderTest.approvesInTime");
    // end
  }

  static void golden() {
    // snippet golden
    GoldenHistories.ofProperties().replayAll(Replay.of(Application::register));
    // end
  }

  static void names() {
    // snippet names
    DurableNames.of(Application::register)
        .events(APPROVED)
        .check(Path.of(DurableNames.DEFAULT_FILE));
    // end
  }

  /** Activities of which one was called otherwise before. */
  // snippet alias
  interface Payments {
    @Name(value = "Payments.take", aliases = "Payments.charge")
    int take(String order, int amount);
  }
  // end
}
