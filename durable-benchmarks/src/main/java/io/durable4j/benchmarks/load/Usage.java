package io.durable4j.benchmarks.load;

/**
 * What a piece of work took.
 *
 * @param nanos wall time
 * @param cpuNanos processor time of the whole process
 * @param allocatedBytes what all threads allocated
 * @param flushes how often the journal was forced to disk
 * @param serverCpuNanos processor time of the storage's own process; 0 where there is none
 */
record Usage(long nanos, long cpuNanos, long allocatedBytes, long flushes, long serverCpuNanos) {
  static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  Usage plus(Usage other) {
    return new Usage(
        nanos + other.nanos,
        cpuNanos + other.cpuNanos,
        allocatedBytes + other.allocatedBytes,
        flushes + other.flushes,
        serverCpuNanos + other.serverCpuNanos);
  }

  Usage minus(Usage other) {
    return new Usage(
        nanos - other.nanos,
        cpuNanos - other.cpuNanos,
        Math.max(0, allocatedBytes - other.allocatedBytes),
        flushes - other.flushes,
        serverCpuNanos - other.serverCpuNanos);
  }
}
