package io.durable4j.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How figures are made of what was measured. */
final class FiguresTest {
  @Test
  void theMedianOfTheRoundsCounts() {
    Result r = Result.of("s", "u", List.of(round(10, 5), round(10, 1), round(10, 2)), 7);
    assertThat(r.figure("perSecond")).isEqualTo(5);
    assertThat(r.figure("seconds")).isEqualTo(2);
    assertThat(r.figure("cpuMicrosPerOp")).isEqualTo(100_000);
    assertThat(r.figure("allocBytesPerOp")).isEqualTo(10);
    assertThat(r.figure("fsyncsPerOp")).isEqualTo(0.5);
    assertThat(r.figure("storageCallsPerOp")).isEqualTo(7);
    assertThat(r.figure("p50Ms")).as("no latency").isNaN();
    assertThat(r.figures()).hasSize(Result.COLUMNS).containsEntry("p50Ms", null);
  }

  @Test
  void quantilesAreThoseOfAllPieces() {
    long[] millis = LongStream.rangeClosed(1, 50).map(n -> n * 1_000_000).toArray();
    long[] more = LongStream.rangeClosed(51, 100).map(n -> n * 1_000_000).toArray();
    Round both = new Round(1, Usage.NONE, more).plus(new Round(1, Usage.NONE, millis));
    assertThat(both.ops()).isEqualTo(2);
    assertThat(both.quantileMs(0.5)).isEqualTo(50);
    assertThat(both.quantileMs(0.99)).isEqualTo(99);
  }

  @Test
  void theHeapIsReadFromAHistogram() {
    Heap heap =
        Heap.parse(
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:          1000          32000  [B (java.base@17)
               2:            10            400  io.durable4j.history.HistoryEvent
               3:             1             40  [Lio.durable4j.history.HistoryEvent;
               4:             5            200  io.durable4j.inmemory.InstanceRow
            Total         1016          32640
            """);
    assertThat(heap).isEqualTo(new Heap(32_640, 640, 200));
    assertThat(heap.minus(new Heap(640, 40, 200))).isEqualTo(new Heap(32_000, 600, 0));
  }

  @Test
  void timersAreDueEvenlyWithinASecond() {
    Instant first = Instant.parse("2026-03-01T10:00:00Z");
    assertThat(new Timers.Plan(first, 0, 10, 100).due(0)).isEqualTo(first);
    assertThat(new Timers.Plan(first, 1, 10, 100).due(0)).isEqualTo(first.plusMillis(1));
    assertThat(new Timers.Plan(first, 9, 10, 100).due(99)).isEqualTo(first.plusMillis(999));
  }

  @Test
  void aWrongResultIsRefused() {
    Load.check(1, 1);
    assertThatThrownBy(() -> Load.check(1, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The result should be 1, not 2");
  }

  private static Round round(long ops, long seconds) {
    long nanos = Duration.ofSeconds(seconds).toNanos();
    return new Round(ops, new Usage(nanos, nanos / 2, 100, 5, 0), new long[0]);
  }
}
