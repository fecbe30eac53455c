package io.durable4j.samples.testing;

import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import java.time.Duration;

/** Reserves, charges, waits until the order is packed, and ships it; or leaves nothing behind. */
public final class OrderFlow implements Orchestrator<Order, String> {
  /** The contract: from an order to the number of its parcel. */
  public static final OrchestratorRef<Order, String> ORDER =
      OrchestratorRef.of("Order", Order.class, String.class);

  /** The warehouse has packed it, in so many parcels. */
  public static final EventRef<Integer> PACKED = EventRef.of("packed", Integer.class);

  /** How long the warehouse may take. */
  static final Duration PATIENCE = Duration.ofDays(3);

  private static final CallOptions PATIENTLY =
      CallOptions.retry(RetryPolicy.of(5, Duration.ofSeconds(10)).backoff(2, PATIENCE));

  /** For the registration. */
  public OrderFlow() {}

  // snippet flow
  @Override
  public String run(OrchestrationContext ctx, Order order) {
    Stock stock = ctx.entity(stock(order.item()));
    Payments payments = ctx.activities(Payments.class, PATIENTLY);
    Shipping shipping = ctx.activities(Shipping.class, PATIENTLY);
    return ctx.saga(
        saga -> {
          stock.reserve(order.count());
          saga.onFailure(() -> stock.release(order.count()));
          saga.onFailure(() -> payments.refund(order.id()));
          payments.charge(order.id(), order.card(), order.cents());
          Task<Integer> packed = ctx.waitForExternalEvent(PACKED);
          if (!packed.awaitFor(PATIENCE)) {
            throw new NotPacked(order.id() + " was not packed within " + PATIENCE);
          }
          return shipping.ship(order.id(), packed.await());
        });
  }

  // end

  /**
   * The stock of an item.
   *
   * @param item the item
   * @return its entity
   */
  public static EntityId<Stock> stock(String item) {
    return EntityId.of(Stock.class, item);
  }

  /** The warehouse took too long. */
  public static final class NotPacked extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPacked(String message) {
      super(message);
    }
  }
}
