package io.durable4j.samples.chaining;

import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.Set;

/** One activity after the other; each takes the result of the one before. */
public final class Chaining {
  /** The contract. */
  public static final OrchestratorRef<Order, String> REF =
      OrchestratorRef.of("Chaining", Order.class, String.class);

  private static final CallOptions RETRIED =
      CallOptions.retry(RetryPolicy.of(3, Duration.ofMillis(100)));

  private Chaining() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [ARTICLE [ADDRESS]]}
   */
  public static void main(String[] line) {
    System.out.println(run(line));
  }

  static String run(String[] line) {
    SampleArgs args = SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE));
    Order order =
        new Order(
            args.positional().isEmpty() ? "lamp" : args.positional().get(0),
            args.positional().size() < 2 ? "Main Street 1" : args.positional().get(1));
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(
                    REF,
                    (ctx, input) -> {
                      Shipping shipping = ctx.activities(Shipping.class, RETRIED);
                      String reservation = shipping.reserve(input.article());
                      String parcel = shipping.pack(reservation);
                      return shipping.send(parcel, input.address());
                    })
                .activities(Shipping.class, new Desk())
                .start()) {
      return host.client().schedule(REF, order).result(Duration.ofMinutes(1));
    }
  }

  /**
   * The input.
   *
   * @param article what is ordered
   * @param address where it goes
   */
  public record Order(String article, String address) {}

  /** Stands for the services that a real workflow would call. */
  private record Desk() implements Shipping {
    @Override
    public String reserve(String article) {
      return "reservation of a " + article;
    }

    @Override
    public String pack(String reservation) {
      return "parcel for the " + reservation;
    }

    @Override
    public String send(String parcel, String address) {
      return parcel + ", sent to " + address;
    }
  }
}
