package io.durable4j.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.durable4j.host.Setting;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an activity of a chain of 100 makes all threads allocate, with its share of the chain's
 * beginning and end. Tests of this module run without the compiler that leaves allocations out, so
 * that it does not matter how much of the work that one has seen: a warm host allocates a fifth
 * less. The bounds are a tenth above what was measured; of the rounds the least counts, since pumps
 * look at their queues meanwhile. Before Java 21 only threads that live are counted, so there no
 * worker may have ended; none does within a minute.
 */
@Timeout(120)
final class AllocationTest {
  private static final String NO_ESCAPE_ANALYSIS = "-XX:TieredStopAtLevel=1";
  private static final int LIVE_FROM = 24;
  private static final int ALL_THREADS_COUNT_FROM = 21;
  private static final int ROUNDS = 60;

  private final Chain chain = new Chain(100, 1, false);

  @ParameterizedTest
  @CsvSource({"warm, 9870", "live, 9100"})
  void anActivityAllocatesNoMoreThanItDid(String sessions, long most) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    assumeThat(runtime.getInputArguments()).contains(NO_ESCAPE_ANALYSIS);
    int java = Runtime.version().feature();
    assumeThat(sessions.equals("live") && java < LIVE_FROM).isFalse();
    RunOptions options = RunOptions.parse(List.of());
    Map<Setting, String> settings = Map.of(Setting.SESSIONS, sessions);
    try (Rig rig = Rig.start(options, settings, chain::register, false)) {
      chain.run(rig);
      Set<Long> before = workers();
      long least = Long.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        Round round = chain.run(rig);
        least = Math.min(least, round.usage().allocatedBytes() / round.ops());
      }
      if (java < ALL_THREADS_COUNT_FROM) {
        assertThat(workers()).as("of threads that end nobody knows").containsAll(before);
      }
      assertThat(least).isLessThanOrEqualTo(most);
    }
  }

  private static Set<Long> workers() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(t -> t != null && t.getThreadName().endsWith("-worker"))
        .map(t -> t.getThreadId())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
