package io.durable4j.samples.testing;

import static io.durable4j.samples.testing.OrderFlow.ORDER;
import static io.durable4j.samples.testing.OrderFlow.PACKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.testing.history.DurableNames;
import io.durable4j.inmemory.testing.history.GoldenHistories;
import io.durable4j.inmemory.testing.history.Replay;
import io.durable4j.inmemory.testing.history.ReplayReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What is in flight is understood by today's code: histories that the other tests left, and names.
 */
class HistoriesTest {
  private static final GoldenHistories GOLDEN = GoldenHistories.ofProperties();

  private static void register(DurableHost.Builder host) {
    host.orchestrator(ORDER, OrderFlow::new).entity(Stock.class, Stock.Code::new);
  }

  // snippet golden
  @Test
  void ordersOfYesterdayGoOn() {
    GOLDEN.replayAll(Replay.of(HistoriesTest::register));
  }

  @Test
  void nobodyLosesAName() {
    DurableNames.of(HistoriesTest::register)
        .activities(Payments.class, Shipping.class)
        .events(PACKED)
        .check(Path.of(DurableNames.DEFAULT_FILE));
  }

  // end

  @Test
  void aFlowThatShipsFirstDoesNotFit() {
    ReplayReport report =
        Replay.of(
                ORDER,
                (ctx, order) -> {
                  ctx.activities(Shipping.class).ship(order.id(), 1);
                  return "";
                })
            .check(GOLDEN.folder());
    assertThat(report.toString())
        .contains("produced: activity 'Shipping.ship'")
        .contains("HistoriesTest.java:");
  }
}
