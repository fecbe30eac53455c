package io.durable4j.benchmarks.parts;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.OrchestratorCompleted;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.Memo;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.helpers.NOPLogger;

/** A turn of a chain of activities, replayed from its decoded history; told for each event, too. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplayBenchmark {
  private static final OrchestratorRef<Integer, Integer> REF =
      OrchestratorRef.of("Chain", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Integer> ONE =
      ActivityRef.of("One", Integer.class, Integer.class);
  private static final Orchestrator<Integer, Integer> CHAIN = ReplayBenchmark::chain;
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final InstanceId INSTANCE = new InstanceId("chain");
  private static final ExecutionId EXECUTION = new ExecutionId("00000000000000000000000000000001");
  private static final Payload NUMBER = new Payload("1");
  private static final int EVENTS_OF_A_STEP = 4;

  /** How many events the history has. */
  @Param({"100", "1000", "10000"})
  public int events;

  /** Whether replays before this one are remembered. */
  @Param({"cold", "warm"})
  public String memory = "cold";

  private final Replay.Code code = new Replay.Code(REF, () -> CHAIN);
  private final EpisodeInput.Rules rules =
      new EpisodeInput.Rules(
          new DerivedIds(),
          JacksonDataConverter.create(),
          null,
          1 << 20,
          false,
          "",
          (owner, quiet) -> NOPLogger.NOP_LOGGER);
  private @Nullable EpisodeInput input;

  /** Counts the events of all replays. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Events {
    /** How many. */
    public long event;
  }

  /** Makes the history; its last answer is new. */
  @Setup
  public void build() {
    List<HistoryEvent> past = new ArrayList<>();
    List<HistoryEvent> fresh =
        arrival(
            new ExecutionStarted(
                INSTANCE, EXECUTION, REF.name(), "", NUMBER, Map.of(), null, null, 0));
    EventBody call = replay(past, fresh).actions().get(0).body();
    for (int step = 0; step < Math.max(1, events / EVENTS_OF_A_STEP); step++) {
      past.addAll(fresh);
      past.add(new HistoryEvent(step, AT, null, call));
      past.add(HistoryEvent.of(AT, null, new OrchestratorCompleted()));
      fresh = arrival(new TaskCompleted(step, null, new Payload("1")));
    }
    Memo memo = memory.equals("warm") ? new Memo() : null;
    input = new EpisodeInput(INSTANCE, EXECUTION, past, fresh, rules, memo);
  }

  /**
   * One turn.
   *
   * @param counter counts its events
   * @return the next call
   */
  @Benchmark
  public EpisodeResult turn(Events counter) {
    EpisodeInput turn = Objects.requireNonNull(input);
    counter.event += turn.past().size() + turn.fresh().size();
    return Replay.run(turn, code);
  }

  private EpisodeResult replay(List<HistoryEvent> past, List<HistoryEvent> fresh) {
    return Replay.run(new EpisodeInput(INSTANCE, EXECUTION, past, fresh, rules, null), code);
  }

  private static List<HistoryEvent> arrival(EventBody body) {
    return List.of(
        HistoryEvent.of(AT, null, new OrchestratorStarted()), HistoryEvent.of(AT, null, body));
  }

  private static Integer chain(OrchestrationContext ctx, Integer input) {
    int sum = input;
    while (sum > 0) {
      sum += ctx.callActivity(ONE, 1).await();
    }
    return sum;
  }
}
