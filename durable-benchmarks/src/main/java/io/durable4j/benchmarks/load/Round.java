package io.durable4j.benchmarks.load;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * One round of a load: what was done, what it took, and how long single pieces of it took.
 *
 * @param ops how many operations
 * @param usage what they took together
 * @param latencies nanoseconds of each piece whose latency the load tells
 */
record Round(long ops, Usage usage, long[] latencies) {
  static final Round NONE = new Round(0, Usage.NONE, new long[0]);

  Round plus(Round other) {
    long[] both =
        LongStream.concat(Arrays.stream(latencies), Arrays.stream(other.latencies)).toArray();
    return new Round(ops + other.ops, usage.plus(other.usage), both);
  }

  double perSecond() {
    return ops * 1e9 / Math.max(1, usage.nanos());
  }

  /** Milliseconds within which a share of the pieces ended; NaN without pieces. */
  double quantileMs(double share) {
    if (latencies.length == 0) {
      return Double.NaN;
    }
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / 1e6;
  }
}
