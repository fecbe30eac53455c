package io.durable4j.inmemory.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityContext;
import io.durable4j.client.StartOptions;
import io.durable4j.inmemory.testing.crash.Finding.EndDiffers;
import io.durable4j.inmemory.testing.crash.Finding.InvariantBroken;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the explorer learns, what it tells apart, and what it refuses. */
class CrashExplorerTest {
  static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  static final EventRef<String> PACKED = EventRef.of("packed", String.class);

  /** Charge, wait until it is packed, ship. */
  static final Orchestrator<String, String> FLOW =
      (ctx, order) -> {
        Shop.Work work = ctx.activities(Shop.Work.class);
        String charge = work.charge(order);
        String box = ctx.waitForExternalEvent(PACKED).await();
        return charge + ", " + box + ", " + work.ship(order);
      };

  static CrashExplorer<Shop> orders(Orchestrator<String, String> flow) {
    return CrashExplorer.of(Shop::new)
        .host((shop, h) -> h.orchestrator(ORDER, flow).activities(Shop.Work.class, shop.careful()))
        .scenario(CrashExplorerTest::order)
        .state(Shop::toString)
        .invariant("charged at most once", shop -> shop.charged.size() <= 1)
        .seed(7);
  }

  static String order(Shop shop, Scene t) {
    var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
    i.raise(PACKED, "a box");
    return i.result(Duration.ofHours(1));
  }

  static String orderAlone(Shop shop, Scene t) {
    return t.client().schedule(ORDER, "o1", StartOptions.id("order-1")).result(Duration.ofHours(1));
  }

  @Test
  void theBoundariesOfASmallWorkflow() {
    CrashReport report = orders(FLOW).explore();
    assertThat(report.findings()).isEmpty();
    assertThat(report.boundaries())
        .extracting(Boundary::toString)
        .containsExactly(
            "1. order-1: start stored",
            "2. order-1: event packed stored",
            "3. order-1: begun; step 0 Work.charge scheduled",
            "4. order-1: step 0 Work.charge result recorded",
            "5. order-1: event packed recorded; step 1 Work.ship scheduled",
            "6. order-1: step 1 Work.ship result recorded; ended COMPLETED");
    assertThat(report.repeats())
        .extracting(Repeat::activity, Repeat::effects)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Work.charge", 1),
            org.assertj.core.groups.Tuple.tuple("Work.ship", 1));
    assertThat(report.runs()).isEqualTo(300);
  }

  @Test
  void eachBoundaryIsCrossedByACrashBeforeAndAfterIt() {
    for (int i = 1; i <= 6; i++) {
      for (String when : List.of("before", "after")) {
        CrashReplay run = orders(FLOW).replay("crash-" + when + " " + i);
        String crash = "CRASH just " + when + ": ";
        int at = first(run, crash);
        String label = run.story().get(at).split(crash)[1];
        boolean durable =
            run.story().subList(0, at).stream().anyMatch(l -> l.endsWith("durable: " + label));
        assertThat(durable).as(run.toString()).isEqualTo(when.equals("after"));
        assertThat(run.findings()).isEmpty();
        assertThat(run.end()).isEqualTo("charge of o1, a box, ship of o1");
      }
    }
  }

  private static int first(CrashReplay run, String text) {
    for (int i = 0; i < run.story().size(); i++) {
      if (run.story().get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError(text + " is missing in " + run);
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    assertThat(orders(FLOW).explore()).hasToString(orders(FLOW).explore().toString());
    CrashReplay first = orders(FLOW).replay("twice 2, crash-before 3");
    assertThat(orders(FLOW).replay(first.schedule().text())).hasToString(first.toString());
  }

  @Test
  void aBugThatTakesTwoFaultsIsShrunkToTwo() {
    CrashExplorer<Shop> explorer =
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
                              return ActivityContext.current().delivery() > 2
                                  ? shop.careless().charge(order)
                                  : careful.charge(order);
                            }

                            @Override
                            public String ship(String order) {
                              return careful.ship(order);
                            }
                          });
                });
    int shrunk = 0;
    for (int seed = 1; seed <= 5; seed++) {
      CrashReport report = explorer.seed(seed).maxRuns(150).explore();
      Evidence evidence =
          report.findings().stream()
              .filter(InvariantBroken.class::isInstance)
              .findFirst()
              .orElseThrow(() -> new AssertionError(report.toString()))
              .evidence();
      assertThat(evidence.shortest().faults()).as(report.toString()).isEqualTo(2);
      assertThat(evidence.first().list()).containsAll(evidence.shortest().list());
      shrunk += evidence.first().faults() - 2;
    }
    assertThat(shrunk).isPositive();
    // twice without faults, 12 crashes, 2 repeats, and the event may come before the charge's
    // result
    assertThat(orders(FLOW).maxFaults(1).explore().runs()).isEqualTo(17);
  }

  @Test
  void twoEventsOfOneNameKeepTheirOrder() {
    CrashExplorer<Shop> explorer =
        orders(
                (ctx, order) -> {
                  var charge = ctx.async(() -> ctx.activities(Shop.Work.class).charge(order));
                  var pause = ctx.createTimer(Duration.ofSeconds(5));
                  String first = ctx.waitForExternalEvent(PACKED).await();
                  String second = ctx.waitForExternalEvent(PACKED).await();
                  pause.await();
                  return first + second + charge.await();
                })
            .scenario(
                (shop, t) -> {
                  var i = t.client().schedule(ORDER, "o1", StartOptions.id("order-1"));
                  i.raise(PACKED, "first");
                  i.raise(PACKED, "second");
                  return i.result(Duration.ofHours(1));
                });
    CrashReport report = explorer.explore();
    assertThat(report.findings()).as(report.toString()).isEmpty();
    // 16 crashes, a repeat; result, first, second and timer change places, but not first and second
    assertThat(explorer.maxFaults(1).explore().runs()).isEqualTo(2 + 16 + 1 + 5);
    assertThat(orders(FLOW).replay("late 1 until 2").story())
        .anyMatch(l -> l.contains("held back: order-1: step 0 Work.charge until order-1: event"));
  }

  @Test
  void anEventChangesPlacesWithATimerThatIsNearOnly() {
    CrashExplorer<Shop> explorer =
        orders(
            (ctx, order) -> {
              var packed = ctx.waitForExternalEvent(PACKED);
              return packed.awaitFor(Duration.ofMinutes(1)) ? packed.await() : "too late";
            });
    assertThat(explorer.explore().findings()).isEmpty();
    int runs = explorer.maxFaults(1).explore().runs();
    CrashReport report = explorer.reorderWithin(Duration.ofMinutes(2)).explore();
    assertThat(report.runs()).isEqualTo(runs + 1);
    assertThat(report.findings())
        .singleElement()
        .isInstanceOfSatisfying(
            EndDiffers.class,
            f -> {
              assertThat(f.got()).isEqualTo("too late");
              assertThat(f.evidence().shortest().lines())
                  .containsExactly("order-1: event packed comes after order-1: step 0 timer");
            });
    assertThat(explorer.mayAlsoEnd("too late").explore().findings()).isEmpty();
  }

  @Test
  void activitiesUnderWayTogetherEndInAnyOrder() {
    CrashReport report =
        orders(
                (ctx, order) -> {
                  Shop.Work work = ctx.activities(Shop.Work.class);
                  var charge = ctx.async(() -> work.charge(order));
                  var ship = ctx.async(() -> work.ship(order));
                  Object first = ctx.anyOf(charge, ship).await().await();
                  ctx.allOf(List.of(charge, ship)).await();
                  return "first " + first;
                })
            .scenario(CrashExplorerTest::orderAlone)
            .explore();
    assertThat(report.findings())
        .singleElement()
        .isInstanceOfSatisfying(
            EndDiffers.class,
            f -> {
              assertThat(List.of(f.expected(), f.got()))
                  .containsExactlyInAnyOrder("first charge of o1", "first ship of o1");
              assertThat(f.evidence().shortest().text()).isEqualTo("late 1 until 2");
            });
  }

  @Test
  void whatMayRepeatIsNoFinding() {
    Orchestrator<String, String> mails =
        (ctx, order) -> ctx.activities(Shop.Work.class).charge(order);
    CrashExplorer<Shop> explorer =
        CrashExplorer.of(Shop::new)
            .host(
                (shop, h) ->
                    h.orchestrator(ORDER, mails).activities(Shop.Work.class, shop.careless()))
            .scenario(CrashExplorerTest::orderAlone);
    assertThat(explorer.explore().findings()).hasSize(1);
    assertThat(explorer.mayRepeat("charge").explore().findings()).isEmpty();
  }

  @Test
  void endsAreComparedInTheFormThatTheUserGives() {
    CrashExplorer<Shop> explorer =
        CrashExplorer.of(Shop::new)
            .host(
                (shop, h) ->
                    h.orchestrator(
                            ORDER, (ctx, order) -> ctx.activities(Shop.Work.class).charge(order))
                        .activities(Shop.Work.class, shop.careful()))
            .scenario((shop, t) -> order(shop, t) + " " + new Object());
    assertThat(explorer.explore().findings()).isNotEmpty();
    assertThat(
            explorer
                .comparedAs(end -> String.valueOf(end).replaceAll(" java.*", ""))
                .explore()
                .findings())
        .isEmpty();
  }

  @Test
  void whatWasNotTriedIsTold() {
    CrashReport report = orders(FLOW).maxRuns(10).explore();
    assertThat(report.runs()).isEqualTo(10);
    assertThat(report.untried()).isEqualTo(7);
    assertThat(report.toString())
        .contains("not tried: 7 single faults; allow them with maxRuns")
        .contains("the scenario ends with charge of o1, a box, ship of o1");
    report.assertNothingFound();
    CrashReport bad = orders((ctx, order) -> ctx.newUuid() + FLOW.run(ctx, order)).explore();
    assertThatThrownBy(
            () ->
                orders((ctx, o) -> ctx.waitForExternalEvent(EventRef.of("x", String.class)).await())
                    .explore()
                    .assertNothingFound())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 finding, seed 7");
    bad.assertNothingFound();
  }

  @Test
  void whatCannotBeExploredIsRefused() {
    assertThatThrownBy(() -> CrashExplorer.of(Shop::new).explore())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The explorer has no host; call host(...)");
    assertThatThrownBy(() -> orders(FLOW).replay("crash 4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not a schedule: 'crash 4'");
    assertThatThrownBy(() -> orders(FLOW).replay("crash-after 7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no boundary 7; the run without faults has 6");
    assertThatThrownBy(() -> orders(FLOW).maxRuns(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                orders(FLOW)
                    .scenario(
                        (shop, t) -> {
                          throw new AssertionError("mine");
                        })
                    .explore())
        .isInstanceOf(AssertionError.class)
        .hasMessage("mine");
    assertThatThrownBy(
            () ->
                orders(
                        (ctx, order) -> {
                          throw new IllegalStateException("no");
                        })
                    .explore())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("The scenario fails without any fault: FAILED, ")
        .hasMessageContaining("catch it there and return it");
  }
}
