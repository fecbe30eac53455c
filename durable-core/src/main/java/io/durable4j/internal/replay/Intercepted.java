package io.durable4j.internal.replay;

import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestrationInterceptor;
import io.durable4j.orchestration.Orchestrator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator with those who stand around it. To the replay it is one piece of user code.
 *
 * @param name its name
 * @param chain the interceptors, the outermost first
 * @param code the orchestrator
 */
public record Intercepted(
    String name, List<OrchestrationInterceptor> chain, Orchestrator<?, ?> code)
    implements Orchestrator<@Nullable Object, @Nullable Object> {
  @Override
  @SuppressWarnings("NullAway") // a result may be null
  public @Nullable Object run(OrchestrationContext ctx, @Nullable Object input) throws Exception {
    return new Link(ctx, input, 0).proceed();
  }

  private final class Link implements OrchestrationInterceptor.Call {
    private final OrchestrationContext ctx;
    private final @Nullable Object input;
    private final int place;

    Link(OrchestrationContext ctx, @Nullable Object input, int place) {
      this.ctx = ctx;
      this.input = input;
      this.place = place;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public @Nullable Object input() {
      return input;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the input was decoded for this code
    public @Nullable Object proceed() throws Exception {
      return place < chain.size()
          ? chain.get(place).intercept(ctx, new Link(ctx, input, place + 1))
          : ((Orchestrator<@Nullable Object, @Nullable Object>) code).run(ctx, input);
    }
  }
}
