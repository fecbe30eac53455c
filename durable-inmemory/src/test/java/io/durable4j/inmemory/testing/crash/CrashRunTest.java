package io.durable4j.inmemory.testing.crash;

import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.FLOW;
import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.ORDER;
import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.PACKED;
import static io.durable4j.inmemory.testing.crash.CrashExplorerTest.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.client.DurableClient;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.ResultTimeoutException;
import io.durable4j.client.StartOptions;
import io.durable4j.inmemory.testing.crash.Finding.EndDiffers;
import io.durable4j.inmemory.testing.crash.Finding.Repeated;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run of the explorer is: its crashes, its ids, its generations and times. */
class CrashRunTest {
  @Test
  void aWorkerLosesItsMemoryInACrash() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(ORDER, FLOW).activities(Shop.Work.class, new Forgetful(shop)))
            .explore();
    assertThat(report.findings())
        .filteredOn(Repeated.class::isInstance)
        .singleElement()
        .satisfies(f -> assertThat(f.evidence().step()).startsWith("step 0 Work.charge"));
  }

  /** Remembers in the worker what it charged. */
  private static final class Forgetful implements Shop.Work {
    private final Shop shop;
    private final Set<String> seen = new LinkedHashSet<>();

    Forgetful(Shop shop) {
      this.shop = shop;
    }

    @Override
    public String charge(String order) {
      return seen.add(order) ? shop.careless().charge(order) : "charge of " + order;
    }

    @Override
    public String ship(String order) {
      return shop.careful().ship(order);
    }
  }

  @Test
  void whatAScheduleAsksForInVainIsNoFinding() {
    CrashReport report =
        orders(
                (ctx, order) -> {
                  ctx.waitForExternalEvent(PACKED).await();
                  String when = String.valueOf(ctx.currentInstant());
                  ctx.waitForExternalEvent(EventRef.of("later", String.class)).await();
                  var work = ctx.activities(Shop.Work.class);
                  var limited =
                      ctx.activities(
                          Shop.Work.class, CallOptions.DEFAULT.withTimeout(Duration.ofSeconds(20)));
                  try {
                    limited.charge(order);
                  } catch (TaskFailedException e) {
                    return "too slow";
                  }
                  String before = when + ctx.currentInstant();
                  work.ship(order);
                  return before + ctx.currentInstant();
                })
            .scenario(
                (shop, t) -> {
                  var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
                  i.raise(PACKED, "a box");
                  t.advance(Duration.ofMinutes(1));
                  i.raise(EventRef.of("later", String.class), "");
                  return i.result(Duration.ofHours(1));
                })
            .mayAlsoEnd("too slow")
            .explore();
    assertThat(report.findings()).as(report.toString()).isEmpty();
  }

  @Test
  void idsAreTheSameInAllRuns() {
    CrashReport report =
        orders((ctx, order) -> ctx.activities(Shop.Work.class).charge(order))
            .invariant("charged at most once", shop -> true)
            .scenario(
                (shop, t) -> {
                  var first = t.client().schedule(ORDER, "o1");
                  first.result(Duration.ofHours(1));
                  return first.id() + t.client().schedule(ORDER, "o2").id();
                })
            .state(shop -> null)
            .explore();
    assertThat(report.findings())
        .as(report.toString())
        .allMatch(f -> f.what().equals("invariant broken: charged at most once"));
    assertThat(report.boundaries())
        .extracting(Boundary::instance)
        .containsSequence("Order", "Order 2");
  }

  @Test
  void eachExecutionHasTimersOfItsOwn() {
    OrchestratorRef<Integer, String> rounds =
        OrchestratorRef.of("Rounds", Integer.class, String.class);
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              ctx.sleep(Duration.ofSeconds(1));
                              return order;
                            })
                        .orchestrator(
                            rounds,
                            (ctx, left) -> {
                              if (left > 0) {
                                ctx.sleep(Duration.ofSeconds(5));
                                return ctx.continueAsNew(left - 1);
                              }
                              var packed = ctx.waitForExternalEvent(PACKED);
                              return packed.awaitFor(Duration.ofSeconds(5))
                                  ? "in time"
                                  : "too late";
                            }))
            .scenario(
                (shop, t) -> {
                  var i = t.client().schedule(rounds, 1, StartOptions.id("rounds"));
                  t.client().schedule(ORDER, "a nap");
                  t.advance(Duration.ofSeconds(6));
                  i.raise(PACKED, "a box");
                  return i.result(Duration.ofHours(1));
                })
            .explore();
    assertThat(report.findings())
        .as(report.toString())
        .singleElement()
        .isInstanceOfSatisfying(EndDiffers.class, f -> assertThat(f.got()).isEqualTo("too late"));
  }

  @Test
  void whatTheDeadStillDoHasNoEffect() {
    CrashExplorer<Shop> explorer =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              String ship = ctx.activities(Shop.Work.class).ship(order);
                              return ship + ctx.waitForExternalEvent(PACKED).await();
                            })
                        .activities(Shop.Work.class, new Waiting(shop)))
            .scenario(
                (shop, t) -> {
                  shop.client = t.client();
                  var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
                  t.advance(Duration.ofMillis(500));
                  i.raise(PACKED, ", packed");
                  return i.result(Duration.ofHours(1));
                })
            .state(shop -> null);
    CrashReplay replay = explorer.replay("crash-before 3");
    assertThat(replay.story())
        .anyMatch(l -> l.contains("CRASH just before: order-1: event packed"));
    assertThat(replay.story()).anyMatch(l -> l.contains("runs: Work.ship, for the 2. time"));
    assertThat(replay.end()).isEqualTo("not yet, packed");
    assertThat(replay.findings()).as(replay.toString()).isEmpty();
  }

  /** Waits in an activity, and tells of the end of that, however it comes. */
  private static final class Waiting implements Shop.Work {
    private final Shop shop;

    Waiting(Shop shop) {
      this.shop = shop;
    }

    @Override
    public String charge(String order) {
      return shop.careful().charge(order);
    }

    @Override
    public String ship(String order) {
      try {
        DurableClient client = Objects.requireNonNull(shop.client);
        return client.instance("order-1").result(Duration.ofSeconds(1)) + "";
      } catch (ResultTimeoutException e) {
        return "not yet";
      } finally {
        shop.probe.effect("ship", order);
      }
    }
  }

  @Test
  void aRewoundHistoryIsReadOnce() {
    CrashReport report =
        orders(FLOW)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER,
                            (ctx, order) -> {
                              String charge = ctx.activities(Shop.Work.class).charge(order);
                              return charge + ctx.activities(Shop.Work.class).ship(order);
                            })
                        .activities(Shop.Work.class, new Mended(shop)))
            .scenario(
                (shop, t) -> {
                  var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
                  try {
                    return i.result(Duration.ofHours(1));
                  } catch (OrchestrationFailedException e) {
                    shop.mail("mended");
                    i.rewind("mended");
                    t.advance(Duration.ofSeconds(1));
                    return i.result(Duration.ofHours(1));
                  }
                })
            .explore();
    assertThat(report.findings()).as(report.toString()).isEmpty();
    assertThat(report.repeats())
        .as(report.toString())
        .hasSize(2)
        .extracting(Repeat::step)
        .allMatch(step -> step.matches("step \\d Work.\\w+ \\(CrashRunTest.java:\\d+\\)"));
  }

  /** Fails until somebody was told. */
  private static final class Mended implements Shop.Work {
    private final Shop shop;

    Mended(Shop shop) {
      this.shop = shop;
    }

    @Override
    public String charge(String order) {
      if (shop.mails.isEmpty()) {
        throw new IllegalStateException("broken");
      }
      return shop.careful().charge(order);
    }

    @Override
    public String ship(String order) {
      return order;
    }
  }
}
