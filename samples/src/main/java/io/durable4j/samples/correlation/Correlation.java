package io.durable4j.samples.correlation;

import io.durable4j.activity.ActivityContext;
import io.durable4j.activity.ActivityInterceptor;
import io.durable4j.activity.ActivityRef;
import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestrationInterceptor;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The id of a request from outside goes with everything that is done for it, and into each log. */
public final class Correlation {
  /** The contract. */
  public static final OrchestratorRef<String, String> REF =
      OrchestratorRef.of("Correlated", String.class, String.class);

  private static final ActivityRef<String, String> GREET =
      ActivityRef.of("Greet", String.class, String.class);
  private static final String HEADER = "correlation-id";

  private Correlation() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--request ID]}
   */
  public static void main(String[] line) {
    run(line).forEach(System.out::println);
  }

  static List<String> run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "request"));
    List<String> log = new CopyOnWriteArrayList<>();
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(REF, (ctx, name) -> ctx.callActivity(GREET, name).await())
                .activity(GREET, name -> "Hello " + name)
                .interceptClient(new Stamp(() -> args.text("request", "r-1")))
                .interceptOrchestrations(new OrchestrationLog(log))
                .interceptActivities(new ActivityLog(log))
                .start()) {
      log.add(host.client().schedule(REF, "Ada").result(Duration.ofMinutes(1)));
    }
    return log;
  }

  /** Puts the id of the request that is served here on each start. */
  private record Stamp(Supplier<String> request) implements ClientInterceptor {
    @Override
    public InstanceHandle<?> start(Start call, Function<Start, InstanceHandle<?>> next) {
      return next.apply(
          new Start(
              call.orchestrator(), call.input(), call.options().withHeader(HEADER, request.get())));
    }
  }

  private record OrchestrationLog(List<String> log) implements OrchestrationInterceptor {
    @Override
    public @Nullable Object intercept(OrchestrationContext ctx, OrchestrationInterceptor.Call call)
        throws Exception {
      if (!ctx.isReplaying()) {
        log.add(ctx.headers().get(HEADER) + ": " + call.name() + " begins");
      }
      Object result = call.proceed();
      if (!ctx.isReplaying()) {
        log.add(ctx.headers().get(HEADER) + ": " + call.name() + " ends");
      }
      return result;
    }
  }

  private record ActivityLog(List<String> log) implements ActivityInterceptor {
    @Override
    public @Nullable Object intercept(ActivityContext ctx, ActivityInterceptor.Call call)
        throws Exception {
      log.add(ctx.headers().get(HEADER) + ": " + ctx.name() + " " + call.arguments());
      return call.proceed();
    }
  }
}
