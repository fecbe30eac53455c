package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.message.Codec;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.ReusePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a state is stored when. */
final class StoredStateTest {
  private static final int LARGE = 100_000;

  @TempDir Path directory;

  private static InstanceState large(String execution) {
    InstanceState small = Samples.state("a", execution, RUNNING);
    return new InstanceState(
        small.id(),
        new ExecutionId(execution),
        new InstanceState.Start(
            "Order",
            "",
            new Payload("\"" + "x".repeat(LARGE) + "\""),
            Map.of(),
            null,
            TestClock.START,
            null,
            0),
        small.progress(),
        List.of());
  }

  @Test
  void aLargeInputIsWrittenOnceAnExecution() throws IOException {
    Path segment = new Layout(directory).segment(1);
    Settings settings = Settings.of(new TestClock());
    InstanceState state = large("e1");
    InstanceState next = large("e2");
    long before;
    try (InMemoryBackend backend =
        InMemoryBackend.journaled(directory, settings, new TestFiles(false))) {
      TestHub hub = TestHub.of(backend);
      hub.instances()
          .create(new NewInstance(state, Samples.instance("a", "e1").start()), ReusePolicy.never());
      before = Files.size(segment);
      assertThat(before).isBetween((long) LARGE, 2L * LARGE);
      commit(hub, state, new HistoryChange.Append(List.of(Samples.recorded("x"))), 20);
      assertThat(Files.size(segment) - before).isLessThan(LARGE / 2);
      commit(hub, next, new HistoryChange.Restart(List.of(Samples.recorded("y"))), 1);
      commit(hub, next, new HistoryChange.Append(List.of()), 20);
      assertThat(hub.get("a")).contains(next);
    }
    assertThat(Files.size(segment) - before).isBetween((long) LARGE, 2L * LARGE);
    try (InMemoryBackend backend =
        InMemoryBackend.journaled(directory, settings, new TestFiles(false))) {
      TestHub hub = TestHub.of(backend);
      assertThat(hub.get("a")).contains(next);
      assertThat(hub.instances().load(next.id(), hub.fence("a")).state()).isEqualTo(next);
    }
  }

  private static void commit(TestHub hub, InstanceState next, HistoryChange change, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(
              hub.instances()
                  .commit(hub.turn(next, hub.version("a"), change, List.of(), List.of())))
          .isInstanceOf(Committed.class);
    }
  }

  @Test
  void aTurnThatAppendsCannotChangeTheExecution() {
    try (InMemoryBackend backend = InMemoryBackend.create(new TestClock())) {
      TestHub hub = TestHub.of(backend);
      hub.create("a", "e1");
      assertThatThrownBy(() -> commit(hub, large("e2"), new HistoryChange.Append(List.of()), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("e1")
          .hasMessageContaining("e2");
      assertThat(hub.get("a").orElseThrow().execution()).isEqualTo(new ExecutionId("e1"));
    }
  }

  /** Whose state was one text. */
  @Test
  void anInstanceOfTheFirstFormIsReadAndGoesOn() throws IOException {
    InstanceState then = Samples.state("a", "e1", RUNNING);
    ByteOut out = new ByteOut();
    out.put(1).putText("a").putText("e1").putText("RUNNING").putBytes(Codec.encode(then));
    out.put(false).putInt(1).putBytes(Codec.encode(Samples.recorded("x")));
    out.putLong(7).put(false);
    HubState state = new HubState();
    for (Change c : ChangeCodec.decode(Arrays.copyOf(out.array(), out.size()), 0)) {
      state.apply(c, 0);
    }
    InstanceRow row = state.instances().get(then.id());
    assertThat(row.state()).isEqualTo(then);
    assertThat(row.version()).isEqualTo(7);
    assertThat(row.history().events()).hasSize(1);

    InstanceState now = Samples.state("a", "e1", COMPLETED);
    byte[] progress =
        "{\"status\":\"COMPLETED\",\"updatedAt\":\"2030-01-01T00:00:00Z\"}".getBytes(UTF_8);
    state.apply(
        new Change.PutInstance(
            then.id(), "e1", COMPLETED, null, progress, true, List.of(), 8, null),
        0);
    InstanceState read = state.instances().get(then.id()).state();
    assertThat(read.start()).isEqualTo(now.start());
    assertThat(read.status()).isEqualTo(COMPLETED);
  }

  @Test
  void whatIsNotThereCannotGoOn() {
    Change goesOn =
        new Change.PutInstance(
            new InstanceId("a"),
            "e1",
            RUNNING,
            null,
            new byte[] {'{', '}'},
            true,
            List.of(),
            1,
            null);
    assertThatThrownBy(() -> new HubState().apply(goesOn, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
