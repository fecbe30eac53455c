package io.durable4j.inmemory.testing.history;

import static io.durable4j.inmemory.testing.history.Stand.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.StartOptions;
import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.inmemory.testing.history.ReplayReport.Outcome;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded histories meet code that fits them, and code that does not. */
class ReplayTest {
  private static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  private static final OrchestratorRef<String, String> REFUND =
      OrchestratorRef.of("Refund", String.class, String.class);
  private static final ActivityRef<String, String> PACK =
      ActivityRef.of("pack", String.class, String.class);
  private static final ActivityRef<String, String> SHIP =
      ActivityRef.of("ship", String.class, String.class);
  private static final EventRef<String> PAID = EventRef.of("paid", String.class);

  @TempDir Path dir;
  private Path file = Path.of("");

  /** What the histories are recorded with. */
  private static final Orchestrator<String, String> FLOW =
      (ctx, item) -> {
        String packed = ctx.callActivity(PACK, item).await();
        ctx.waitForExternalEvent(PAID).await();
        return ctx.callActivity(SHIP, packed).await();
      };

  @BeforeEach
  void file() {
    file = dir.resolve("order.json");
  }

  private static void activities(DurableHost.Builder h) {
    h.activity(PACK, item -> "packed " + item).activity(SHIP, item -> "shipped " + item);
  }

  private void record(Consumer<DurableHost.Builder> setUp, boolean toItsEnd) {
    try (Stand stand = new Stand(h -> setUp.accept(h.set(Setting.REPLAY_STRICT, "true")))) {
      InstanceHandle<String> i = stand.client().schedule(ORDER, "tea", StartOptions.id("order-17"));
      Stand.awaits(i, PAID.name());
      if (toItsEnd) {
        i.raise(PAID, "cash");
        i.result(SOON);
      }
      HistoryFile.write(file, i);
    }
  }

  private void record(boolean toItsEnd) {
    record(
        h -> {
          activities(h);
          h.orchestrator(ORDER, FLOW);
        },
        toItsEnd);
  }

  @Test
  void codeFitsWhatItDid() {
    record(true);
    Replay.of(ORDER, FLOW).passes(file);
    Replay.of(ORDER, () -> FLOW).passes(dir);
    Replay.of(ORDER, FLOW).passes(HistoryFile.read(file));
    assertThat(Replay.of(ORDER, FLOW).check(file).entries())
        .extracting(ReplayReport.Entry::outcome)
        .containsExactly(new Outcome.Fits(3));
    assertThat(Replay.of(ORDER, FLOW).check(file)).hasToString("The code fits 1 recorded history");
  }

  @Test
  void codeFitsWhatItDidUntilItWaits() {
    record(false);
    assertThat(Replay.of(ORDER, FLOW).check(file).entries())
        .extracting(ReplayReport.Entry::outcome)
        .containsExactly(new Outcome.Fits(1));
  }

  @Test
  void theReportNamesWhatWasAndWhatIsWithStepAndLine() {
    record(true);
    int line = new Throwable().getStackTrace()[0].getLineNumber() + 5;
    Replay changed =
        Replay.of(
            ORDER,
            (ctx, item) -> {
              String shipped = ctx.callActivity(SHIP, item).await();
              return ctx.callActivity(PACK, shipped).await();
            });
    assertThat(changed.check(dir).entries())
        .extracting(ReplayReport.Entry::outcome)
        .containsExactly(
            new Outcome.Mismatch(
                0,
                "activity 'pack' with [\"tea\"]",
                "activity 'ship' with [\"tea\"]",
                "ReplayTest.java:" + line));
    assertThatThrownBy(() -> changed.passes(dir))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "The code does not fit 1 of 1 recorded history:\n\n"
                + file
                + "\n  orchestrator 'Order', instance order-17\n  step 0, at ReplayTest.java:"
                + line
                + "\n    recorded: activity 'pack' with [\"tea\"]"
                + "\n    produced: activity 'ship' with [\"tea\"]\n\n");
  }

  private Outcome outcome(Orchestrator<String, String> changed) {
    return Replay.of(ORDER, changed).check(file).entries().get(0).outcome();
  }

  @Test
  void anotherInputIsAMismatch() {
    record(true);
    assertThat(outcome((ctx, item) -> FLOW.run(ctx, item + "!")))
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> {
              assertThat(m.recorded()).endsWith("with [\"tea\"]");
              assertThat(m.produced()).endsWith("with [\"tea!\"]");
            });
  }

  @Test
  void anotherResultIsAMismatchWithBothValues() {
    record(true);
    assertThat(outcome((ctx, item) -> FLOW.run(ctx, item) + " at last"))
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> {
              assertThat(m.step()).isEqualTo(2);
              assertThat(m.recorded()).isEqualTo("the end, COMPLETED with \"shipped packed tea\"");
              assertThat(m.produced())
                  .isEqualTo("the end, COMPLETED with \"shipped packed tea at last\"");
              assertThat(m.line()).contains("ReplayTest.java:");
            });
  }

  @Test
  void anEndByAnExceptionIsAMismatchAtItsLine() {
    record(true);
    int line = new Throwable().getStackTrace()[0].getLineNumber() + 5;
    Outcome outcome =
        outcome(
            (ctx, item) -> {
              FLOW.run(ctx, item);
              throw new IllegalStateException("too late");
            });
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> {
              assertThat(m.produced())
                  .isEqualTo("the end, FAILED with java.lang.IllegalStateException: too late");
              assertThat(m.line()).isEqualTo("ReplayTest.java:" + line);
            });
  }

  @Test
  void moreOrLessThanRecordedIsAMismatch() {
    record(false);
    assertThat(outcome((ctx, item) -> "at once"))
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> assertThat(m.produced()).isEqualTo("the end, COMPLETED with \"at once\""));
    assertThat(
            outcome(
                (ctx, item) -> {
                  ctx.callActivity(PACK, item).await();
                  ctx.createTimer(Duration.ofDays(1));
                  return ctx.waitForExternalEvent(PAID).await();
                }))
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> {
              assertThat(m.step()).isEqualTo(1);
              assertThat(m.recorded()).isEqualTo("nothing");
              assertThat(m.produced()).startsWith("timer due ");
            });
  }

  @Test
  void aRenamedEventIsAMismatchWhereItHasCome() {
    record(true);
    assertThat(
            outcome(
                (ctx, item) -> {
                  String packed = ctx.callActivity(PACK, item).await();
                  ctx.waitForExternalEvent(EventRef.of("payment", String.class)).await();
                  return ctx.callActivity(SHIP, packed).await();
                }))
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> {
              assertThat(m.recorded()).startsWith("activity 'ship'");
              assertThat(m.produced()).isEqualTo("nothing: the code waits here");
            });
  }

  @Test
  void anotherFailureIsAMismatch() {
    try (Stand stand =
        new Stand(
            h ->
                h.orchestrator(
                    ORDER,
                    (ctx, item) -> {
                      throw new IllegalStateException("no " + item);
                    }))) {
      InstanceHandle<String> i = stand.client().schedule(ORDER, "tea");
      assertThatThrownBy(() -> i.result(SOON)).isInstanceOf(OrchestrationFailedException.class);
      HistoryFile.write(file, i);
    }
    assertThat(
            outcome(
                (ctx, item) -> {
                  throw new IllegalStateException("no " + item);
                }))
        .isInstanceOf(Outcome.Fits.class);
    assertThat(
            outcome(
                (ctx, item) -> {
                  throw new IllegalStateException("not a " + item);
                }))
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            m -> {
              assertThat(m.recorded()).endsWith("IllegalStateException: no tea");
              assertThat(m.produced()).endsWith("IllegalStateException: not a tea");
            });
  }

  @Test
  void anEndFromOutsideIsNoDecisionOfTheCode() {
    try (Stand stand =
        new Stand(
            h -> {
              activities(h);
              h.orchestrator(ORDER, FLOW);
            })) {
      InstanceHandle<String> i = stand.client().schedule(ORDER, "tea");
      Stand.awaits(i, PAID.name());
      i.terminate("enough");
      Stand.eventually("ended", () -> i.state().status().isTerminal());
      HistoryFile.write(file, i);
    }
    assertThat(outcome(FLOW)).isEqualTo(new Outcome.Fits(1));
    assertThat(outcome((ctx, item) -> ctx.callActivity(SHIP, item).await()))
        .isInstanceOf(Outcome.Mismatch.class);
  }

  @Test
  void aHistoryOfAnotherOrchestratorNamesBoth() {
    record(true);
    assertThatThrownBy(() -> Replay.of(REFUND, FLOW).passes(file))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "The history is of the orchestrator 'Order', and the code is that of 'Refund'");
    Replay.of(REFUND, FLOW).and(ORDER, FLOW).passes(file);
    Replay.of(REFUND, FLOW).and(ORDER, () -> FLOW).passes(file);
  }

  @Test
  void eachVersionHasItsCode() {
    record(
        h -> {
          activities(h);
          h.set(Setting.VERSION_DEFAULT, "2").orchestrator(ORDER, "2", FLOW);
        },
        true);
    Orchestrator<String, String> former = (ctx, item) -> "of version 1";
    Replay.of(ORDER, former).version(ORDER, "2", () -> FLOW).passes(file);
    assertThat(outcome(former)).isInstanceOf(Outcome.Mismatch.class);
    assertThatThrownBy(() -> Replay.of(h -> h.orchestrator(ORDER, "1", () -> former)).passes(file))
        .hasMessageContaining("'Order' is not registered in version '2'");
  }

  @Test
  void everyHistoryOfAFolderIsInOneReport() throws IOException {
    record(true);
    Files.createDirectories(dir.resolve("deep/er"));
    String json = Files.readString(file);
    Files.writeString(dir.resolve("deep/er/b.json"), json);
    Files.writeString(dir.resolve("a.json"), json.substring(0, json.length() / 2));
    Files.writeString(dir.resolve("c.json"), json.replace("\"Order\"", "\"Refund\""));
    Files.writeString(dir.resolve("notes.txt"), "no history");
    ReplayReport report = Replay.of(ORDER, (ctx, item) -> item).check(dir);
    assertThat(report.failures()).hasSize(4).isEqualTo(report.entries());
    assertThat(report.entries())
        .extracting(e -> dir.relativize(Path.of(e.source())).toString())
        .containsExactly("a.json", "c.json", "deep/er/b.json", "order.json");
    assertThat(report.toString())
        .startsWith("The code does not fit 4 of 4 recorded histories:\n\n" + dir + "/a.json\n")
        .containsPattern("a.json: The history is no JSON \\(line \\d+, column \\d+\\)")
        .contains("'Refund', and the code is that of 'Order'")
        .contains("produced: the end, COMPLETED with \"tea\"");
  }

  @Test
  void whereThereIsNoHistoryNothingPasses() {
    Path missing = dir.resolve("missing.json");
    assertThatThrownBy(() -> Replay.of(ORDER, FLOW).passes(missing))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("There is no history file " + missing);
    assertThatThrownBy(() -> Replay.of(ORDER, FLOW).passes(dir))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("There is no history file " + dir.resolve("*.json"));
    assertThatThrownBy(() -> HistoryFile.read(missing)).isInstanceOf(DurableException.class);
  }

  @Test
  void anInstanceThatHasNotBegunHasNoHistoryToWrite() {
    try (Stand stand = new Stand(h -> h.orchestrator(ORDER, FLOW))) {
      InstanceHandle<String> later =
          stand
              .client()
              .schedule(
                  ORDER,
                  "tea",
                  StartOptions.id("later").at(java.time.Instant.parse("2999-01-01T00:00:00Z")));
      assertThat(later.history().events()).isEmpty();
      assertThat(later.history().orchestrator()).isEqualTo("Order");
      assertThatThrownBy(() -> HistoryFile.write(file, later))
          .isInstanceOf(DurableException.class)
          .hasMessageContaining("Instance later has not begun");
    }
  }

  @Test
  void aConverterOfTheUsersOwnIsHeard() {
    DataConverter brackets = new Brackets();
    record(
        h -> {
          activities(h);
          h.converter(brackets).orchestrator(ORDER, FLOW);
        },
        true);
    assertThat(file).content().contains("\"inputText\":\"<tea>\"");
    Replay.of(ORDER, FLOW).converter(brackets).passes(file);
    assertThat(outcome(FLOW)).isInstanceOf(Outcome.NotReplayed.class);
  }

  /** Texts between brackets, which are no JSON. */
  private static final class Brackets implements DataConverter {
    @Override
    public @Nullable Payload toPayload(@Nullable Object value) {
      return value == null ? null : new Payload("<" + value + ">");
    }

    @Override
    public @Nullable Object fromPayload(@Nullable Payload payload, Type type) {
      if (payload == null) {
        return null;
      } else if (payload.text().startsWith("<")) {
        return payload.text().substring(1, payload.text().length() - 1);
      }
      throw new PayloadException("No brackets around " + payload.text(), null);
    }

    @Override
    public @Nullable Payload toArguments(List<@Nullable Object> values) {
      return values.isEmpty() ? null : toPayload(values.get(0));
    }

    @Override
    public List<@Nullable Object> fromArguments(@Nullable Payload payload, List<Type> types) {
      List<@Nullable Object> one = new ArrayList<>();
      one.add(fromPayload(payload, types.get(0)));
      return one;
    }
  }
}
