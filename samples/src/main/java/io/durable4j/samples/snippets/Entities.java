package io.durable4j.samples.snippets;

import io.durable4j.client.DurableClient;
import io.durable4j.client.EntityCleaning;
import io.durable4j.client.EntityCleanup;
import io.durable4j.client.EntityInfo;
import io.durable4j.client.EntityPage;
import io.durable4j.client.SignalOptions;
import io.durable4j.entity.Entity;
import io.durable4j.entity.EntityContext;
import io.durable4j.entity.EntityOperation;
import io.durable4j.entity.EntityState;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import io.durable4j.samples.counter.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pieces of and about entities, as their page shows them. */
final class Entities {
  private static final OrchestratorRef<String, String> NIGHT =
      OrchestratorRef.of("Night", String.class, String.class);

  private Entities() {}

  /** Has a place of its own, and is given to each object. */
  interface Prices {
    int of(String article);
  }

  /** A contract. */
  interface Basket {
    void put(String article);

    void expire();
  }

  // snippet basket
  static final class BasketEntity extends Entity<Integer> implements Basket {
    private static final EntityId<Counter> SOLD = EntityId.of(Counter.class, "sold");
    private final Prices prices; // what the supplier gives it, and no part of its state

    BasketEntity(Prices prices) {
      this.prices = prices;
    }

    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public void put(String article) {
      if (state == 0) {
        Instant tomorrow = context().currentInstant().plus(Duration.ofDays(1));
        context().signal(tomorrow, context().id(), "expire", null); // to itself, later
      }
      state += prices.of(article);
      context().signal(() -> context().entity(SOLD).add(1)); // to another one
    }

    @Override
    public void expire() {
      context().startOrchestrator(NIGHT, context().key(), CallOptions.DEFAULT);
      deleteEntity();
    }
  }

  // end

  static DurableHost.Builder register(DurableHost.Builder builder, Prices prices) {
    // snippet register
    return builder
        .entity(Counter.class, Counter.Code::new)
        .entity(Basket.class, () -> new BasketEntity(prices))
        .entity("flag", Boolean.class, f -> f.on("raise", op -> set(op, true)));
    // end
  }

  private static @Nullable Object set(EntityOperation<Boolean> operation, boolean value) {
    operation.state(value);
    return null;
  }

  static int calls(OrchestrationContext ctx) {
    // snippet calls
    EntityId<Counter> id = EntityId.of(Counter.class, "north");
    Counter north = ctx.entity(id);
    int sum = north.add(5); // a call: waits for the result, which is recorded
    Task<Integer> more = ctx.async(() -> north.add(6)); // a call that is begun
    ctx.signal(() -> north.add(7)); // a signal: nobody waits
    Instant evening = ctx.currentInstant().plus(Duration.ofHours(8));
    ctx.signal(evening, () -> north.clear()); // a signal for later
    Task<Integer> byName = ctx.callEntity(id, "add", 8, Integer.class);
    ctx.signalEntity(EntityId.named("flag", "red"), "raise", null);
    // end
    return sum + more.await() + byName.await();
  }

  static void client(DurableClient client, Consumer<Object> show, String requestId) {
    // snippet client
    EntityId<Counter> north = EntityId.of(Counter.class, "north");
    client.signal(north, c -> c.add(1)); // durable when it returns
    client.signal(north, c -> c.add(1), SignalOptions.id(requestId)); // a repeat counts once
    client.signal(north, "clear", null, SignalOptions.DEFAULT.at(Instant.now().plusSeconds(60)));
    Optional<Integer> sum = client.entityState(north, Integer.class); // empty: does not exist
    Optional<EntityInfo> info = client.entity(north); // also when, queue, and who holds it
    // end
    show.accept(sum);
    show.accept(info);
  }

  static EntityPage find(
      DurableClient client, Instant yesterday, Consumer<Object> show, @Nullable String token) {
    // snippet find
    try (Stream<EntityInfo> busy =
        client.entities(q -> q.keys("counter", "n").modifiedFrom(yesterday))) {
      busy.forEach(e -> show.accept(e.id().key() + " " + e.state(Integer.class).orElse(0)));
    }
    EntityPage page = client.entityPage(q -> q.withTransients().withoutState(), token);
    // end
    return page;
  }

  static void clean(DurableClient client) {
    // snippet clean
    EntityCleaning all = EntityCleaning.DEFAULT;
    EntityCleanup done = client.cleanEntities(all);
    while (done.next() != null) {
      done = client.cleanEntities(all.from(done.next()));
    }
    // end
  }

  static @Nullable Object without(EntityContext context, Prices prices) {
    // snippet test
    BasketEntity basket = new BasketEntity(prices);
    EntityContext.runWith(
        context, // a mock, or one of your own, that notes what is signalled
        () -> {
          EntityState.begin(basket, 40); // null for an entity that does not exist
          basket.put("a lamp");
        });
    return EntityState.of(basket); // null when it deleted itself
    // end
  }
}
