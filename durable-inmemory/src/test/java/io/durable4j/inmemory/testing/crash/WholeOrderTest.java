package io.durable4j.inmemory.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.client.StartOptions;
import io.durable4j.entity.Entity;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A correct workflow of everything, in which nothing is found. */
class WholeOrderTest {
  private static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  private static final OrchestratorRef<String, String> PARCEL =
      OrchestratorRef.of("Parcel", String.class, String.class);
  private static final OrchestratorRef<Integer, Integer> COUNTDOWN =
      OrchestratorRef.of("Countdown", Integer.class, Integer.class);
  private static final EventRef<String> APPROVED = EventRef.of("approved", String.class);
  private static final EventRef<String> ADDRESS = EventRef.of("address", String.class);
  private static final EntityId<Stock> LAMPS = EntityId.of(Stock.class, "lamps");
  private static final CallOptions PATIENT =
      CallOptions.retry(RetryPolicy.of(3, Duration.ofSeconds(5)));

  /** What is in store. */
  public interface Stock {
    int take(int number);
  }

  /** As an entity. */
  public static final class Shelf extends Entity<Integer> implements Stock {
    @Override
    protected Integer initialState() {
      return 10;
    }

    @Override
    public int take(int number) {
      state -= number;
      return state;
    }
  }

  private static String order(OrchestrationContext ctx, String order) {
    Shop.Work work = ctx.activities(Shop.Work.class, PATIENT);
    var address = ctx.waitForExternalEvent(ADDRESS);
    var approved = ctx.waitForExternalEvent(APPROVED);
    if (!approved.awaitFor(Duration.ofHours(72))) {
      return "escalated";
    }
    int left = ctx.entity(LAMPS).take(1);
    String charged;
    try {
      charged = work.charge(order);
    } catch (TaskFailedException e) {
      return "not charged";
    }
    ctx.sleep(Duration.ofHours(1));
    String label = ctx.step("label", String.class, () -> "label for " + order);
    var parcel = ctx.callSubOrchestrator(PARCEL, label + " to " + address.await());
    var gift = ctx.async(() -> work.ship("gift"));
    return List.of(charged, left, parcel.await(), gift.await()).toString();
  }

  private static Integer countdown(OrchestrationContext ctx, Integer from) {
    ctx.sleep(Duration.ofMinutes(1));
    if (from > 0) {
      return ctx.continueAsNew(from - 1);
    }
    return from;
  }

  private static CrashExplorer<Shop> explorer() {
    return CrashExplorer.of(Shop::new)
        .host(
            (shop, h) ->
                h.orchestrator(ORDER, WholeOrderTest::order)
                    .orchestrator(
                        PARCEL, (ctx, text) -> ctx.activities(Shop.Work.class, PATIENT).ship(text))
                    .orchestrator(COUNTDOWN, WholeOrderTest::countdown)
                    .entity(Stock.class, Shelf::new)
                    .activities(
                        Shop.Work.class, shop.careful(), l -> l.timeout(Duration.ofSeconds(30))))
        .scenario(
            (shop, t) -> {
              var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
              var count = t.client().schedule(COUNTDOWN, 2);
              i.raise(ADDRESS, "London");
              t.advance(Duration.ofHours(5));
              i.raise(APPROVED, "Ada");
              return i.result(Duration.ofHours(100)) + count.result(Duration.ofHours(1));
            })
        .state(Shop::toString)
        .invariant("charged at most once", shop -> shop.charged.size() <= 1)
        .seed(11);
  }

  @Test
  void nothingIsFoundInACorrectWorkflow() {
    CrashReport report = explorer().explore();
    assertThat(report.findings()).as(report.toString()).isEmpty();
    assertThat(report.boundaries()).hasSize(19);
  }
}
