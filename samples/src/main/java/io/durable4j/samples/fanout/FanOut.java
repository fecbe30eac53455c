package io.durable4j.samples.fanout;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.TypeRef;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts words: one activity for each line of a text, all at a time, then one result. */
public final class FanOut {
  /** The contract: lines of a text to the number of each word. */
  public static final OrchestratorRef<List<String>, Map<String, Integer>> REF =
      OrchestratorRef.of(
          "CountWords", new TypeRef<List<String>>() {}, new TypeRef<Map<String, Integer>>() {});

  /** Counts the words of one line. */
  public static final ActivityRef<String, Map<String, Integer>> COUNT =
      ActivityRef.of("CountLine", TypeRef.of(String.class), new TypeRef<Map<String, Integer>>() {});

  private static final List<String> TEXT =
      List.of("the cat and the dog", "the dog and the bird", "a bird and a cat");

  private FanOut() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [LINE ...]}
   */
  public static void main(String[] line) {
    run(line).forEach((word, count) -> System.out.println(count + " " + word));
  }

  static Map<String, Integer> run(String[] line) {
    SampleArgs args = SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE));
    List<String> text = args.positional().isEmpty() ? TEXT : args.positional();
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(REF, FanOut::countWords)
                .activity(COUNT, FanOut::countLine)
                .start()) {
      return host.client().schedule(REF, text).result(Duration.ofMinutes(1));
    }
  }

  private static Map<String, Integer> countWords(OrchestrationContext ctx, List<String> lines) {
    List<Task<Map<String, Integer>>> counts = new ArrayList<>();
    for (String line : lines) {
      counts.add(ctx.callActivity(COUNT, line));
    }
    Map<String, Integer> sum = new TreeMap<>();
    for (Map<String, Integer> count : ctx.allOf(counts).await()) {
      count.forEach((word, n) -> sum.merge(word, n, Integer::sum));
    }
    return sum;
  }

  private static Map<String, Integer> countLine(String line) {
    Map<String, Integer> count = new TreeMap<>();
    for (String word : line.split("\\s+", -1)) {
      count.merge(word, 1, Integer::sum);
    }
    return count;
  }
}
