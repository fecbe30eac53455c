package io.durable4j.benchmarks.parts;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.message.Codec;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** One event to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");

  /** Which event. */
  @Param({"TaskScheduled", "TaskCompleted", "OrchestratorStarted"})
  public String kind = "";

  private @Nullable HistoryEvent event;
  private byte[] bytes = {};

  /** Makes the event. */
  @Setup
  public void build() {
    MessageId id = MessageId.derived("codec", 1);
    event =
        switch (kind) {
          case "TaskScheduled" ->
              new HistoryEvent(
                  7,
                  AT,
                  null,
                  new EventBody.TaskScheduled(
                      "One", "", new Payload("[1]"), Map.of(), null, 7, false));
          case "TaskCompleted" ->
              HistoryEvent.of(AT, id, new EventBody.TaskCompleted(7, id, new Payload("1")));
          default -> HistoryEvent.of(AT, null, new EventBody.OrchestratorStarted());
        };
    bytes = encode();
  }

  /**
   * To bytes.
   *
   * @return the bytes
   */
  @Benchmark
  public byte[] encode() {
    return Codec.encode(Objects.requireNonNull(event));
  }

  /**
   * From bytes.
   *
   * @return the event
   */
  @Benchmark
  public HistoryEvent decode() {
    return Codec.event(bytes);
  }
}
