package io.durable4j.inmemory.testing.crash;

import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.FLOW;
import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.ORDER;
import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.PACKED;
import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityContext;
import io.durable4j.client.StartOptions;
import io.durable4j.inmemory.testing.crash.Finding.EndDiffers;
import io.durable4j.inmemory.testing.crash.Finding.InvariantBroken;
import io.durable4j.inmemory.testing.crash.Finding.NonDeterministic;
import io.durable4j.inmemory.testing.crash.Finding.Repeated;
import io.durable4j.inmemory.testing.crash.Finding.Stuck;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bugs that only a crash, a repeat or another order shows: each is found, named and shrunk. */
class PlantedBugsTest {
  private static final EventRef<String> ADDRESS = EventRef.of("address", String.class);

  private static <F extends Finding> F only(CrashReport report, Class<F> kind) {
    var found = report.findings().stream().filter(kind::isInstance).toList();
    assertThat(found).as(report.toString()).hasSize(1);
    return kind.cast(found.get(0));
  }

  @Test
  void aChargeThatIsNotIdempotent() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(ORDER, FLOW).activities(Shop.Work.class, shop.careless()))
            .explore();
    Repeated twice = only(report, Repeated.class);
    assertThat(twice.name()).isEqualTo("Work.charge");
    assertThat(twice.effect()).isEqualTo("charge o1");
    assertThat(twice.times()).isEqualTo(2);
    assertThat(twice.effects()).isEqualTo(2);
    assertThat(twice.evidence().step())
        .matches("step 0 Work.charge \\(CrashExplorerTest\\.java:\\d+\\)");
    assertThat(twice.evidence().shortest().faults()).isEqualTo(1);
    InvariantBroken broken = only(report, InvariantBroken.class);
    assertThat(broken.name()).isEqualTo("charged at most once");
    assertThat(broken.evidence().step()).startsWith("step 0 Work.charge");
    assertThat(only(report, EndDiffers.class).got()).contains("2 charged");
    assertThat(report.repeats()).extracting(Repeat::activity).containsExactly("Work.ship");
  }

  @Test
  void anEffectOutsideOfAnActivity() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              String charge = ctx.activities(Shop.Work.class).charge(order);
                              shop.mail("your order " + order);
                              return charge + ctx.waitForExternalEvent(PACKED).await();
                            })
                        .activities(Shop.Work.class, shop.careful()))
            .state(shop -> null)
            .explore();
    Repeated twice = only(report, Repeated.class);
    assertThat(twice.effect()).isEqualTo("mail your order o1");
    assertThat(twice.evidence().step())
        .matches("orchestrator code \\(PlantedBugsTest\\.java:\\d+\\)");
    assertThat(twice.evidence().shortest().faults()).isZero();
  }

  /** Where a workflow must not keep anything. */
  private static final class Numbers {
    static int next;
  }

  @Test
  void stateInAStaticOfAnActivity() {
    CrashReport report =
        orders(
                (ctx, order) ->
                    order
                        + " "
                        + ctx.activities(Shop.Work.class).charge(order)
                        + ctx.activities(Shop.Work.class).ship(order))
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              var work = ctx.activities(Shop.Work.class);
                              return work.charge(order) + work.ship(order);
                            })
                        .activities(
                            Shop.Work.class,
                            new Shop.Work() {
                              @Override
                              public String charge(String order) {
                                return shop.careful().charge(order);
                              }

                              @Override
                              public String ship(String order) {
                                return "parcel " + Numbers.next++;
                              }
                            }))
            .scenario(
                (shop, t) ->
                    t.client()
                        .schedule(ORDER, "o1", StartOptions.id("order-1"))
                        .result(Duration.ofHours(1)))
            .explore();
    EndDiffers differs = only(report, EndDiffers.class);
    assertThat(differs.evidence().shortest().faults()).isZero();
    assertThat(differs.evidence().step())
        .matches("step 1 Work.ship \\(PlantedBugsTest\\.java:\\d+\\)");
  }

  @Test
  void stateInAStaticOfAnOrchestrator() {
    CrashReport report =
        orders(
                (ctx, order) -> {
                  String charge = ctx.activities(Shop.Work.class).charge(order);
                  ctx.waitForExternalEvent(PACKED).await();
                  return charge + ctx.activities(Shop.Work.class).ship("parcel " + Numbers.next++);
                })
            .explore();
    NonDeterministic found = only(report, NonDeterministic.class);
    assertThat(found.evidence().step()).matches("step 1 \\(PlantedBugsTest\\.java:\\d+\\)");
    assertThat(found.evidence().shortest().faults()).isZero();
  }

  @Test
  void eventsWhoseOrderMatters() {
    CrashReport report =
        orders(
                (ctx, order) -> {
                  var address = ctx.waitForExternalEvent(ADDRESS);
                  ctx.waitForExternalEvent(PACKED).await();
                  String to = address.isDone() ? address.await() : "nowhere";
                  return ctx.activities(Shop.Work.class).ship(to);
                })
            .scenario(
                (shop, t) -> {
                  var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
                  i.raise(ADDRESS, "London");
                  i.raise(PACKED, "a box");
                  return i.result(Duration.ofHours(1));
                })
            .explore();
    EndDiffers differs = only(report, EndDiffers.class);
    assertThat(differs.expected()).contains("London");
    assertThat(differs.got()).contains("nowhere");
    assertThat(differs.evidence().step())
        .matches(
            "order-1: event address comes after order-1: event packed; then step 0 Work.ship"
                + " \\(PlantedBugsTest\\.java:\\d+\\)");
    assertThat(differs.evidence().shortest().faults()).isEqualTo(1);
  }

  @Test
  void aTimeOutThatIsSwallowed() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              try {
                                ctx.activities(Shop.Work.class).charge(order);
                              } catch (TaskFailedException e) {
                                ctx.setCustomStatus("the payment service is slow");
                              }
                              return ctx.activities(Shop.Work.class).ship(order);
                            })
                        .activities(
                            Shop.Work.class,
                            shop.careful(),
                            l -> l.timeout(Duration.ofSeconds(20))))
            .mayAlsoEnd("late")
            .scenario(
                (shop, t) -> {
                  var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
                  try {
                    return i.result(Duration.ofHours(1));
                  } catch (io.durable4j.client.OrchestrationFailedException e) {
                    return "late";
                  }
                })
            .invariant(
                "nothing is shipped that was not charged",
                shop -> shop.shipped.size() <= shop.charged.size())
            .explore();
    InvariantBroken broken = only(report, InvariantBroken.class);
    assertThat(broken.name()).isEqualTo("nothing is shipped that was not charged");
    assertThat(broken.evidence().step())
        .matches("step 0 Work.charge \\(PlantedBugsTest\\.java:\\d+\\)");
    assertThat(broken.evidence().shortest().lines())
        .singleElement()
        .asString()
        .endsWith("is over its time, before it did anything");
  }

  @Test
  void aScenarioThatNeverEnds() {
    CrashReport report =
        orders((ctx, order) -> ctx.waitForExternalEvent(ADDRESS).await()).explore();
    Stuck stuck = only(report, Stuck.class);
    assertThat(stuck.explanation()).contains("address");
    assertThat(stuck.evidence().shortest().faults()).isZero();
  }

  @Test
  void anActivityThatTrustsItsDeliveryCount() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) ->
                                ctx.activities(
                                        Shop.Work.class,
                                        CallOptions.retry(RetryPolicy.of(3, Duration.ofSeconds(1))))
                                    .charge(order))
                        .activities(
                            Shop.Work.class,
                            new FirstDeliveryOnly(shop),
                            l -> l.timeout(Duration.ofSeconds(20))))
            .scenario(CrashExplorerTest::orderAlone)
            .explore();
    Repeated twice = only(report, Repeated.class);
    assertThat(twice.name()).isEqualTo("Work.charge");
    assertThat(twice.evidence().shortest().lines())
        .singleElement()
        .asString()
        .endsWith("is over its time, after its work was done");
    assertThat(report.findings())
        .filteredOn(f -> f.evidence().shortest().text().equals("crash-after 2"))
        .singleElement()
        .isInstanceOfSatisfying(
            EndDiffers.class,
            f -> assertThat(f.got()).isEqualTo("the state 0 charged, 0 shipped, 0 mails"));
  }

  /** A retry is a first delivery, too; and one that never began may have been delivered. */
  private static final class FirstDeliveryOnly implements Shop.Work {
    private final Shop shop;

    FirstDeliveryOnly(Shop shop) {
      this.shop = shop;
    }

    @Override
    public String charge(String order) {
      return ActivityContext.current().delivery() == 1
          ? shop.careless().charge(order)
          : "charge of " + order;
    }

    @Override
    public String ship(String order) {
      return shop.careful().ship(order);
    }
  }

  @Test
  void anActivityOfManyEffectsIsNoRepeat() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) -> {
                  Shop.Work careful = shop.careful();
                  h.orchestrator(ORDER, FLOW)
                      .activities(
                          Shop.Work.class,
                          new Shop.Work() {
                            @Override
                            public String charge(String order) {
                              return careful.charge(order);
                            }

                            @Override
                            public String ship(String order) {
                              if (!shop.shipped.containsKey(order)) {
                                shop.mail("shipped");
                                shop.mail("shipped");
                              }
                              shop.shipped.put(order, order);
                              return order;
                            }
                          });
                })
            .explore();
    assertThat(report.findings()).as(report.toString()).isEmpty();
    assertThat(report.repeats())
        .filteredOn(r -> r.activity().equals("Work.ship"))
        .singleElement()
        .satisfies(r -> assertThat(r.effects()).isEqualTo(2));
  }
}
