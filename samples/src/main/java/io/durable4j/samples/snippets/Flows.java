package io.durable4j.samples.snippets;

import io.durable4j.data.FailureDetails;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.ContinueOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.util.List;

/** Pieces of orchestrators, as the page on orchestrations shows them. */
final class Flows {
  private static final OrchestratorRef<String, String> PARCEL =
      OrchestratorRef.of("Parcel", String.class, String.class);
  private static final EventRef<Boolean> APPROVED = EventRef.of("approved", Boolean.class);
  private static final EventRef<String> SENT = EventRef.of("sent", String.class);

  private Flows() {}

  /** A contract. */
  interface Shop {
    int price(String article);

    String charge(String order, int amount);
  }

  // snippet whole
  static String order(OrchestrationContext ctx, String order) {
    Shop shop = ctx.activities(Shop.class);
    int price = shop.price(order); // an activity: waits for its result, which is recorded
    if (price > 1_000) {
      Task<Boolean> approval = ctx.waitForExternalEvent(APPROVED);
      if (!approval.awaitFor(Duration.ofDays(3)) || !approval.await()) {
        return "refused"; // nobody answered for three days, or somebody said no
      }
    }
    return shop.charge(order, price);
  }

  // end

  static int fanOut(OrchestrationContext ctx, List<String> articles) {
    // snippet fan-out
    Shop patient =
        ctx.activities(
            Shop.class,
            CallOptions.retry(
                RetryPolicy.of(4, Duration.ofSeconds(1)).backoff(2, Duration.ofMinutes(1))));
    List<Outcome<Integer>> prices =
        ctx.fanOut(articles, 10, article -> ctx.async(() -> patient.price(article))).await();
    // end
    return prices.stream().filter(Outcome::isOk).mapToInt(Outcome::get).sum();
  }

  static String others(OrchestrationContext ctx, String order) {
    // snippet others
    String id = ctx.startOrchestrator(PARCEL, order, CallOptions.instance("parcel-of-" + order));
    ctx.sendEvent("dispatcher", SENT, id);
    // end
    return id;
  }

  static String again(OrchestrationContext ctx, String state) {
    // snippet next-version
    return ctx.continueAsNew(state, ContinueOptions.DEFAULT.withVersion("2"));
    // end
  }

  static String failures(OrchestrationContext ctx, String order) {
    // snippet failures
    Outcome<String> parcel = ctx.callSubOrchestrator(PARCEL, order).outcome();
    if (parcel instanceof Outcome.Failed<String> failed) {
      FailureDetails why = failed.failure(); // type, message, causes, properties: data
      return "no parcel: " + why.message();
    }
    return parcel.get();
    // end
  }
}
