package io.durable4j.samples.backup;

import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.Setting;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a restarted backup did no recorded step again. Between the kill and the restart,
 * {@code committed --journal DIR --keys FILE} opens the journal as the restart will and writes the
 * keys of all steps whose results are in it. After the restart, {@code verify --journal DIR --keys
 * FILE --audit FILE --steps N} takes the audit of the second process alone; a backup has 2 steps,
 * and 2 more for each file.
 */
public final class AuditCheck {
  private AuditCheck() {}

  /**
   * Runs one of the two commands; exits with 1 when the proof fails.
   *
   * @param line the command and its options
   * @throws IOException when a file cannot be read or written
   */
  public static void main(String[] line) throws IOException {
    SampleArgs args =
        SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, "keys", "audit", "steps"));
    Path keys = Objects.requireNonNull(args.path("keys"), "--keys is missing");
    List<String> completed = completedSteps(args);
    switch (args.positional().get(0)) {
      case "committed" -> {
        Files.write(keys, completed);
        System.out.println("committed=" + completed.size());
      }
      case "verify" -> {
        Path audit = Objects.requireNonNull(args.path("audit"), "--audit is missing");
        Verdict verdict = verify(Files.readAllLines(keys), Files.readAllLines(audit), completed);
        System.out.println(verdict);
        System.exit(verdict.holds(args.number("steps", completed.size())) ? 0 : 1);
      }
      default -> throw new IllegalArgumentException("Either committed or verify");
    }
  }

  /**
   * Compares what was recorded at the kill, what the second process did, and what is recorded at
   * the end.
   *
   * @param committed keys of the steps that were recorded at the kill
   * @param audit the audit of the second process
   * @param atEnd the key of each recorded result at the end
   */
  static Verdict verify(List<String> committed, List<String> audit, List<String> atEnd) {
    Set<String> started = new TreeSet<>();
    int starts = 0;
    for (String entry : audit) {
      String[] fields = entry.split("\t", -1);
      if (fields[0].equals(Audit.START)) {
        starts++;
        started.add(fields[1]);
      }
    }
    Set<String> again = new TreeSet<>(committed);
    again.retainAll(started);
    Set<String> forgotten = new TreeSet<>(committed);
    forgotten.removeAll(atEnd);
    int twice = atEnd.size() - new TreeSet<>(atEnd).size();
    return new Verdict(
        committed.size(),
        started.size(),
        starts - started.size(),
        again.size(),
        forgotten.size(),
        twice,
        atEnd.size());
  }

  private static List<String> completedSteps(SampleArgs args) {
    HubSpec spec =
        new HubSpec(
            Setting.HUB_NAME.defaultFor(1), Integer.parseInt(Setting.HUB_PARTITIONS.defaultFor(1)));
    Path journal = Objects.requireNonNull(args.path(SampleBackend.JOURNAL), "--journal is missing");
    try (Backend backend = InMemoryBackend.journaled(journal);
        TaskHub hub = backend.open(spec, new Deaf())) {
      List<String> keys = new ArrayList<>();
      Token token = null;
      do {
        Page<InstanceState> page = hub.queries().find(InstanceFilter.ALL, token, 100);
        page.items().forEach(state -> keys.addAll(completedSteps(hub.queries(), state)));
        token = page.next();
      } while (token != null);
      return keys;
    }
  }

  /** The idempotency keys of the steps with a result, one for each result. */
  private static List<String> completedSteps(InstanceQueries queries, InstanceState state) {
    List<String> keys = new ArrayList<>();
    Map<Integer, Integer> firstAttempts = new HashMap<>();
    for (HistoryEvent event : history(queries, state.id())) {
      if (event.body() instanceof TaskScheduled s) {
        firstAttempts.put(event.eventId(), s.firstAttempt());
      } else if (event.body() instanceof TaskCompleted c) {
        keys.add(state.execution().value() + ":" + firstAttempts.get(c.taskScheduledId()));
      }
    }
    return keys;
  }

  private static List<HistoryEvent> history(InstanceQueries queries, InstanceId id) {
    List<HistoryEvent> events = new ArrayList<>();
    @Nullable Token token = null;
    do {
      Page<HistoryEvent> page = queries.history(id, null, token);
      events.addAll(page.items());
      token = page.next();
    } while (token != null);
    return events;
  }

  /**
   * The result of the comparison, in numbers of steps.
   *
   * @param committed recorded at the kill
   * @param ran run by the second process
   * @param repeated further runs of these in the second process
   * @param again recorded at the kill and run again all the same; must be 0
   * @param forgotten recorded at the kill and not at the end; must be 0
   * @param twice recorded more than once; must be 0
   * @param recorded results recorded at the end
   */
  record Verdict(
      int committed, int ran, int repeated, int again, int forgotten, int twice, int recorded) {
    boolean holds(int expected) {
      return again == 0 && forgotten == 0 && twice == 0 && recorded == expected;
    }

    @Override
    public String toString() {
      return String.format(
          "committed=%d ran-after=%d repeated=%d recorded=%d" + " AGAIN=%d FORGOTTEN=%d TWICE=%d",
          committed, ran, repeated, recorded, again, forgotten, twice);
    }
  }

  private record Deaf() implements WakeUps {
    @Override
    public void ready(QueueId queue) {}

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
  }
}
