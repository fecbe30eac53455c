package io.durable4j.samples.travel;

import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Books a trip part by part; when one part fails, those before it are cancelled, last first. */
public final class Travel {
  /** The contract: from the parts of a trip to their bookings. */
  public static final OrchestratorRef<Trip, String> REF =
      OrchestratorRef.of("Travel", Trip.class, String.class);

  private static final RetryPolicy PATIENTLY =
      RetryPolicy.of(5, Duration.ofMillis(10)).backoff(2, Duration.ofSeconds(1));

  private Travel() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--sold-out PART] [--stuck PART] [--flaky
   *     PART]}
   */
  public static void main(String[] line) {
    System.out.println(run(line));
  }

  static String run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(
            line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "sold-out", "stuck", "flaky"));
    Agency agency =
        new Agency(
            Set.of(args.text("sold-out", "")),
            Set.of(args.text("stuck", "")),
            args.text("flaky", ""));
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(REF, Travel::book)
                .activities(Booking.class, agency)
                .start()) {
      Trip trip = new Trip("T1", List.of("hotel", "flight", "car"));
      String end;
      try {
        end = host.client().schedule(REF, trip).result(Duration.ofMinutes(1));
      } catch (OrchestrationFailedException e) {
        end = "failed, " + e.failure().message();
      }
      return String.join(", ", agency.log()) + ": " + end;
    }
  }

  private static String book(OrchestrationContext ctx, Trip trip) {
    Booking booking = ctx.activities(Booking.class);
    return ctx.saga(
        saga -> {
          for (String part : trip.parts()) {
            // said before the booking: one that fails half way is cancelled too
            saga.onFailure(PATIENTLY, () -> booking.cancel(part, trip.number()));
            booking.book(part, trip.number());
          }
          return "booked";
        });
  }

  /**
   * The input.
   *
   * @param number the trip's number
   * @param parts what to book, in this order
   */
  public record Trip(String number, List<String> parts) {
    /** Copies the list. */
    public Trip {
      parts = List.copyOf(parts);
    }
  }
}
