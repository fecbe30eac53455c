package io.durable4j.samples.testing;

import static io.durable4j.samples.testing.OrderFlow.ORDER;
import static io.durable4j.samples.testing.OrderFlow.PACKED;
import static io.durable4j.samples.testing.OrderFlow.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.client.StartOptions;
import io.durable4j.inmemory.testing.crash.CrashExplorer;
import io.durable4j.inmemory.testing.crash.CrashReport;
import io.durable4j.inmemory.testing.crash.Evidence;
import io.durable4j.inmemory.testing.crash.Finding;
import io.durable4j.inmemory.testing.crash.Finding.EndDiffers;
import io.durable4j.inmemory.testing.crash.Finding.InvariantBroken;
import io.durable4j.inmemory.testing.crash.Finding.Repeated;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The order survives every crash; five bugs that ordinary tests pass over do not. */
class CrashTest {
  private static final Order LAMPS = new Order("o-1", "lamp", 2, "card-7", 5_000);
  private static final EventRef<String> ADDRESS = EventRef.of("address", String.class);

  /** An order by the real flow, or by another one. */
  private static CrashExplorer<CrashWorld> orders(
      Function<CrashWorld, Orchestrator<Order, String>> flow) {
    return CrashExplorer.of(CrashWorld::new)
        .host(
            (world, host) ->
                host.orchestrator(ORDER, () -> flow.apply(world))
                    .entity(Stock.class, Stock.Code::new)
                    .activities(Payments.class, world.bank())
                    .activities(Shipping.class, world.carrier()))
        .scenario(
            (world, t) -> {
              t.client().signal(stock("lamp"), s -> s.fill(5));
              var order = t.client().schedule(ORDER, LAMPS, StartOptions.id("order-1"));
              order.raise(ADDRESS, "London");
              order.raise(PACKED, 1);
              return order.result(Duration.ofDays(4));
            })
        .state(CrashWorld::toString)
        .invariant("charged at most once", world -> world.charges() <= 1)
        .invariant("only what is paid is shipped", CrashWorld::shipsOnlyWhatIsPaid)
        .seed(7);
  }

  private static <F extends Finding> Evidence evidence(CrashReport report, Class<F> kind) {
    assertThat(report.findings()).as(report.toString()).filteredOn(kind::isInstance).hasSize(1);
    Evidence evidence =
        report.findings().stream().filter(kind::isInstance).findFirst().orElseThrow().evidence();
    assertThat(evidence.shortest().faults()).isLessThanOrEqualTo(3);
    return evidence;
  }

  @Test
  void theOrderSurvivesEveryCrash() {
    CrashReport report = orders(world -> new OrderFlow()).explore();
    report.assertNothingFound();
    assertThat(report.boundaries()).hasSize(12);
  }

  @Test
  void aChargeThatIsNotIdempotent() {
    CrashReport report =
        orders(world -> new OrderFlow())
            .host(
                (world, host) ->
                    host.orchestrator(ORDER, OrderFlow::new)
                        .entity(Stock.class, Stock.Code::new)
                        .activities(Payments.class, world.greedyBank())
                        .activities(Shipping.class, world.carrier()))
            .explore();
    assertThat(evidence(report, Repeated.class).step())
        .matches("step \\d Payments.charge \\(OrderFlow.java:\\d+\\)");
    assertThat(evidence(report, InvariantBroken.class).shortest().text()).startsWith("twice ");
  }

  @Test
  void anEffectOutsideOfAnActivity() {
    CrashReport report =
        orders(
                world ->
                    (ctx, order) -> {
                      world.mail("thank you for " + order.id());
                      return new OrderFlow().run(ctx, order);
                    })
            .explore();
    assertThat(evidence(report, Repeated.class).step())
        .matches("orchestrator code \\(CrashTest.java:\\d+\\)");
  }

  /** What a workflow must not have. */
  private static final class Numbers {
    static int next;
  }

  @Test
  void stateKeptInAStatic() {
    CrashReport report =
        orders(world -> new OrderFlow())
            .host(
                (world, host) ->
                    host.orchestrator(ORDER, OrderFlow::new)
                        .entity(Stock.class, Stock.Code::new)
                        .activities(Payments.class, world.bank())
                        .activities(Shipping.class, (order, parcels) -> "p-" + Numbers.next++))
            .explore();
    Evidence evidence = evidence(report, EndDiffers.class);
    assertThat(evidence.step()).matches("step \\d Shipping.ship \\(OrderFlow.java:\\d+\\)");
    assertThat(evidence.shortest().text()).isEqualTo("no fault");
  }

  @Test
  void eventsWhoseOrderMatters() {
    CrashReport report =
        orders(
                world ->
                    (ctx, order) -> {
                      var address = ctx.waitForExternalEvent(ADDRESS);
                      ctx.waitForExternalEvent(PACKED).await();
                      ctx.activities(Payments.class).charge(order.id(), order.card(), 1);
                      String to = address.isDone() ? address.await() : "the shop";
                      return ctx.activities(Shipping.class).ship(order.id(), to.length());
                    })
            .explore();
    Evidence evidence = evidence(report, EndDiffers.class);
    assertThat(evidence.shortest().lines())
        .containsExactly("order-1: event address comes after order-1: event packed");
  }

  @Test
  void aTimeOutThatIsSwallowed() {
    CrashReport report =
        orders(world -> new OrderFlow())
            .host(
                (world, host) ->
                    host.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              try {
                                ctx.activities(Payments.class)
                                    .charge(order.id(), order.card(), order.cents());
                              } catch (TaskFailedException slow) {
                                ctx.setCustomStatus("the bank is slow");
                              }
                              return ctx.activities(Shipping.class).ship(order.id(), 1);
                            })
                        .entity(Stock.class, Stock.Code::new)
                        .activities(
                            Payments.class, world.bank(), l -> l.timeout(Duration.ofSeconds(30)))
                        .activities(Shipping.class, world.carrier()))
            .explore();
    Evidence evidence = evidence(report, InvariantBroken.class);
    assertThat(evidence.step()).matches("step 0 Payments.charge \\(CrashTest.java:\\d+\\)");
    assertThat(evidence.shortest().text()).startsWith("overtime-before ");
  }
}
