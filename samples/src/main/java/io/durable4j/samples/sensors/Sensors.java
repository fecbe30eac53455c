package io.durable4j.samples.sensors;

import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.entity.EntityOperation;
import io.durable4j.entity.EntityOperations;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what many sensors tell of a room. Thousands of signals are a handful of commits; the
 * first reading over the limit starts an orchestration that rings the alarm.
 */
public final class Sensors {
  /** The contract: from how many readings there are to their summary. */
  public static final OrchestratorRef<Integer, Summary> REPORT =
      OrchestratorRef.of("RoomReport", Integer.class, Summary.class);

  /** The contract: from the reading that was too high to what was done about it. */
  public static final OrchestratorRef<Integer, String> ALARM =
      OrchestratorRef.of("Alarm", Integer.class, String.class);

  private static final EntityId<Object> ATTIC = EntityId.named("room", "attic");
  private static final String ALARM_ID = "alarm-attic";
  private static final int LIMIT = 95;

  private Sensors() {}

  /**
   * What a room was like.
   *
   * @param readings how many there were
   * @param sum of all
   * @param highest of all
   */
  public record Summary(int readings, long sum, int highest) {
    static final Summary NONE = new Summary(0, 0, Integer.MIN_VALUE);

    Summary plus(int degrees) {
      return new Summary(readings + 1, sum + degrees, Math.max(highest, degrees));
    }
  }

  /**
   * What the sample has seen.
   *
   * @param summary of the room
   * @param alarm what was done; null without alarm
   */
  public record Seen(Summary summary, @Nullable String alarm) {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--readings N]}
   */
  public static void main(String[] line) {
    Seen seen = run(line);
    System.out.println(seen.summary() + ", alarm: " + seen.alarm());
  }

  static Seen run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "readings"));
    int readings = args.number("readings", 10_000);
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .entity("room", Summary.class, Sensors::room)
                .orchestrator(REPORT, Sensors::report)
                .orchestrator(ALARM, Sensors::alarm)
                .start()) {
      DurableClient client = host.client();
      IntStream.range(0, readings)
          .parallel()
          .forEach(i -> client.signal(ATTIC, "reading", i % 100));
      Summary summary = client.schedule(REPORT, readings).result(Duration.ofMinutes(1));
      return new Seen(summary, summary.highest() > LIMIT ? alarmOf(client) : null);
    }
  }

  private static String alarmOf(DurableClient client) {
    InstanceHandle<String> alarm = client.instance(ALARM, ALARM_ID);
    alarm.awaitStart(Duration.ofMinutes(1)); // what an entity starts may still be on its way
    return alarm.result(Duration.ofMinutes(1));
  }

  // snippet lambdas
  private static void room(EntityOperations<Summary> operations) {
    operations
        .initially(() -> Summary.NONE)
        .on("reading", Sensors::reading)
        .on("summary", EntityOperation::state);
  }

  private static @Nullable Object reading(EntityOperation<Summary> operation) {
    int degrees = Objects.requireNonNull(operation.input(Integer.class));
    if (degrees > LIMIT) { // once: where an instance of the id exists, nothing happens
      CallOptions once = CallOptions.instance("alarm-" + operation.context().key());
      operation.context().startOrchestrator(ALARM, degrees, once);
    }
    operation.state(operation.state().plus(degrees));
    return null;
  }

  // end

  private static Summary report(OrchestrationContext ctx, int readings) {
    Summary now = ctx.callEntity(ATTIC, "summary", null, Summary.class).await();
    while (now.readings() < readings) { // signals of clients may still be on their way
      ctx.sleep(Duration.ofMillis(50));
      now = ctx.callEntity(ATTIC, "summary", null, Summary.class).await();
    }
    return now;
  }

  private static String alarm(OrchestrationContext ctx, int degrees) {
    return "rang at " + degrees;
  }
}
