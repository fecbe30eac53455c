package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Codec;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HubException;
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

  private static InstanceState full() {
    InstanceState bare = Samples.state("a", "e1", RUNNING);
    return bare.with(
            new InstanceState.Progress(
                OrchestrationStatus.FAILED,
                TestClock.START,
                TestClock.START,
                new Payload("1"),
                FailureDetails.of("T", "m", false),
                new Payload("2"),
                List.of("approval"),
                new InstanceState.Parked("why", TestClock.START)))
        .withConsumed(List.of(MessageId.derived("consumed")));
  }

  /** A frame of one instance whose state is one text, as the first form has it. */
  private static void putFirstForm(ByteOut out, InstanceState state) {
    int at = out.size();
    out.putInt(0).putInt(0).putLong(at);
    out.put(8).putText(TestHub.SPEC.name()).putInt(TestHub.SPEC.partitions());
    out.put(1).putText("a").putText("e1").putText(state.status().name());
    out.putBytes(Codec.encode(state));
    out.put(false).putInt(1).putBytes(Codec.encode(Samples.recorded("x")));
    out.putLong(7).put(false);
    int length = out.size() - at - Frame.PREFIX;
    out.setInt(at, length);
    out.setInt(at + 4, Frame.crc(1, out.array(), at, length));
  }

  /** In a segment of its own, so that an older version says that it cannot read it. */
  @Test
  void aJournalOfTheFirstFormIsReadAndGoesOn() throws IOException {
    ByteOut out = new ByteOut();
    out.putAll(Frame.header(1, 1));
    putFirstForm(out, full());
    byte[] first = Arrays.copyOf(out.array(), out.size());
    Layout layout = new Layout(directory);
    Files.write(layout.segment(1), first);
    Settings settings = Settings.of(new TestClock());
    InstanceState bare = Samples.state("a", "e1", RUNNING);
    for (int i = 0; i < 2; i++) {
      try (InMemoryBackend backend =
          InMemoryBackend.journaled(directory, settings, new TestFiles(false))) {
        TestHub hub = TestHub.of(backend);
        assertThat(hub.get("a")).contains(i == 0 ? full() : bare);
        commit(hub, bare, new HistoryChange.Append(List.of()), 1);
        assertThat(hub.get("a")).as("nothing of the former state").contains(bare);
        assertThat(hub.instances().load(bare.id(), hub.fence("a")).history()).hasSize(1);
      }
    }
    assertThat(layout.segments()).containsOnlyKeys(1L, 2L);
    assertThat(Files.readAllBytes(layout.segment(1))).isEqualTo(first);
    assertThat(Frame.format(Files.readAllBytes(layout.segment(2)))).isEqualTo(Frame.FORMAT);
  }

  /** It may come from a version that knows more. */
  @Test
  void aWholeRecordThatMakesNoSenseIsNotCut() throws IOException {
    Settings settings = Settings.of(new TestClock());
    InMemoryBackend.journaled(directory, settings, new TestFiles(false)).close();
    Path segment = new Layout(directory).segment(1);
    byte[] before = Files.readAllBytes(segment);
    ByteOut out = new ByteOut();
    out.putAll(before).putInt(1).putInt(0).putLong(before.length).put(99);
    out.setInt(before.length + 4, Frame.crc(1, out.array(), before.length, 1));
    byte[] all = Arrays.copyOf(out.array(), out.size());
    Files.write(segment, all);
    assertThatThrownBy(() -> InMemoryBackend.journaled(directory, settings, new TestFiles(false)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("99");
    assertThat(Files.readAllBytes(segment)).isEqualTo(all);
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
