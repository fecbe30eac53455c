package io.durable4j.samples.snippets;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * Versions, changes in flight, sagas and interceptors, as the page on orchestrations shows them.
 */
public final class Versioned {
  private static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);

  private Versioned() {}

  /** A contract. */
  public interface Shop {
    /**
     * An activity.
     *
     * @param order the order
     * @return a receipt
     */
    String charge(String order);

    /**
     * An activity.
     *
     * @param order the order
     */
    void refund(String order);

    /**
     * An activity.
     *
     * @param order the order
     * @return a parcel
     */
    String ship(String order);
  }

  /**
   * A worker of version 2 that goes on with orders of version 1.
   *
   * @param builder a host to be
   * @return the same
   */
  public static DurableHost.Builder versions(DurableHost.Builder builder) {
    // snippet versions
    return builder
        .set(Setting.VERSION, "2")
        .set(Setting.VERSION_MATCH, "current-or-older")
        .set(Setting.VERSION_DEFAULT, "2")
        .orchestrator(ORDER, "1", Versioned::first)
        .orchestrator(ORDER, "2", Versioned::second);
    // end
  }

  private static String first(OrchestrationContext ctx, String order) {
    return ctx.activities(Shop.class).ship(order);
  }

  private static String second(OrchestrationContext ctx, String order) {
    Shop shop = ctx.activities(Shop.class);
    // snippet patched
    if (ctx.patched("charge-first")) {
      shop.charge(order);
      return shop.ship(order);
    } else {
      String parcel = shop.ship(order);
      shop.charge(order);
      return parcel;
    }
    // end
  }

  /**
   * A saga.
   *
   * @param ctx the context
   * @param order the order
   * @return a parcel
   */
  public static String saga(OrchestrationContext ctx, String order) {
    // snippet saga
    Shop shop = ctx.activities(Shop.class);
    RetryPolicy patiently = RetryPolicy.of(20, Duration.ofMinutes(1));
    return ctx.saga(
        s -> {
          s.onFailure(patiently, () -> shop.refund(order));
          shop.charge(order);
          return shop.ship(order);
        });
    // end
  }

  // snippet header
  /** Puts the id of the request at hand on each start. */
  public static final class Stamp implements ClientInterceptor {
    @Override
    public InstanceHandle<?> start(Start call, Function<Start, InstanceHandle<?>> next) {
      String id = String.valueOf(MDC.get("request"));
      return next.apply(
          new Start(call.orchestrator(), call.input(), call.options().withHeader("request", id)));
    }
  }

  // end

  /**
   * A host with interceptors.
   *
   * @param builder a host to be
   * @return the same
   */
  public static DurableHost.Builder interceptors(DurableHost.Builder builder) {
    // snippet interceptors
    return builder
        .interceptClient(new Stamp())
        .interceptActivities(
            (ctx, call) -> {
              MDC.put("request", ctx.headers().get("request"));
              try {
                return call.proceed();
              } finally {
                MDC.remove("request");
              }
            });
    // end
  }
}
