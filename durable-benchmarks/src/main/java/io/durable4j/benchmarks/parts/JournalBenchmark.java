package io.durable4j.benchmarks.parts;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.CommitOutcome;
import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.TurnCommit;
import io.durable4j.spi.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Small commits to a journal on disk, with 1, 8 and 64 of them in flight. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JournalBenchmark {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  /** One instance for each thread, so that commits do not wait for each other. */
  @State(Scope.Thread)
  public static class Committer {
    private final String id = UUID.randomUUID().toString();
    private @Nullable Version version;
    private long commits;

    /**
     * Makes the instance.
     *
     * @param hub where
     */
    @Setup
    public void create(JournaledHub hub) {
      InstanceState state = state(id);
      EventBody start =
          new EventBody.ExecutionStarted(
              state.id(), state.execution(), "Chain", "", null, Map.of(), null, null, 0);
      Message message =
          new Message(
              new Address(state.id(), null),
              null,
              HistoryEvent.of(AT, MessageId.derived("start", id), start));
      hub.instances()
          .create(
              new NewInstance(
                  state,
                  new Outbound(
                      message, QueueId.control(state.id(), JournaledHub.PARTITIONS), AT, false)),
              ReusePolicy.never());
      version = hub.instances().load(state.id(), hub.fence()).version();
    }

    CommitOutcome commit(JournaledHub hub) {
      HistoryEvent event =
          HistoryEvent.of(
              AT,
              MessageId.derived(id),
              new EventBody.EventRaised("e", new Payload("\"some text\"")));
      TurnCommit turn =
          new TurnCommit(
              new CommitId(new UUID(id.hashCode(), ++commits)),
              hub.fence(),
              Objects.requireNonNull(version),
              new HistoryChange.Rewrite(List.of(event)),
              state(id),
              List.of(),
              Duration.ofSeconds(30),
              List.of(),
              Set.of());
      CommitOutcome outcome = hub.instances().commit(turn);
      version = ((Committed) outcome).now();
      return outcome;
    }
  }

  @SuppressWarnings("NullAway") // it does not see that a nested type of another jar is nullable
  private static InstanceState state(String id) {
    return new InstanceState(
        new InstanceId(id),
        new ExecutionId("00000000000000000000000000000001"),
        new InstanceState.Start("Chain", "", null, Map.of(), null, AT, null, 0),
        InstanceState.Progress.of(OrchestrationStatus.RUNNING, AT),
        List.of());
  }

  /**
   * One after the other.
   *
   * @param hub where
   * @param committer who
   * @return committed
   */
  @Benchmark
  @Threads(1)
  public CommitOutcome inFlight01(JournaledHub hub, Committer committer) {
    return committer.commit(hub);
  }

  /**
   * Eight at a time.
   *
   * @param hub where
   * @param committer who
   * @return committed
   */
  @Benchmark
  @Threads(8)
  public CommitOutcome inFlight08(JournaledHub hub, Committer committer) {
    return committer.commit(hub);
  }

  /**
   * Sixty-four at a time.
   *
   * @param hub where
   * @param committer who
   * @return committed
   */
  @Benchmark
  @Threads(64)
  public CommitOutcome inFlight64(JournaledHub hub, Committer committer) {
    return committer.commit(hub);
  }
}
