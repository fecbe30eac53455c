package io.durable4j.internal.controlled;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened: a running digest of every step, and lines if wanted. */
final class StepLog {
  private static final int MAX_LINES = 20_000;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final Trace mode;
  private final List<String> lines = new ArrayList<>();
  private long digest = FNV_OFFSET;
  private long steps;

  StepLog(Trace mode) {
    this.mode = mode;
  }

  void step(Controlled c, long nanos) {
    steps++;
    // FNV-1a over words instead of bytes: three multiplications a step
    long d = (digest ^ c.ordinal) * FNV_PRIME;
    d = (d ^ nanos) * FNV_PRIME;
    digest = (d ^ c.at.hashCode()) * FNV_PRIME;
    if (mode == Trace.LINES && lines.size() < MAX_LINES) {
      lines.add(steps + " " + Duration.ofNanos(nanos) + " " + c.name + " from " + c.at);
    }
  }

  long steps() {
    return steps;
  }

  /**
   * The digest so far; its high bits are mixed in, which a multiplication alone never brings down.
   */
  long digest() {
    long d = digest;
    d = (d ^ (d >>> 32)) * FNV_PRIME;
    return d ^ (d >>> 29);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
