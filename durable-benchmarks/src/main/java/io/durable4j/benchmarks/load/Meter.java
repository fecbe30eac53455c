package io.durable4j.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads what this process used so far. Thread-safe. */
final class Meter {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final @Nullable Method total = totalAllocation();
  private final LongSupplier flushes;
  private final LongSupplier serverCpuNanos;

  /**
   * @param flushes how often the journal was forced to disk
   * @param serverCpuNanos processor time of the storage's own process
   */
  Meter(LongSupplier flushes, LongSupplier serverCpuNanos) {
    this.flushes = flushes;
    this.serverCpuNanos = serverCpuNanos;
  }

  Usage now() {
    return new Usage(
        System.nanoTime(),
        system.getProcessCpuTime(),
        allocated(),
        flushes.getAsLong(),
        serverCpuNanos.getAsLong());
  }

  Usage since(Usage start) {
    return now().minus(start);
  }

  /** Before JDK 21 what ended threads allocated is missing. */
  private long allocated() {
    if (total == null) {
      long[] live = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
      return Arrays.stream(live).filter(bytes -> bytes > 0).sum();
    }
    try {
      return (long) total.invoke(threads);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read what was allocated", e);
    }
  }

  private static @Nullable Method totalAllocation() {
    try {
      return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
