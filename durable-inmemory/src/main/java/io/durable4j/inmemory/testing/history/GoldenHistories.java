package io.durable4j.inmemory.testing.history;

import io.durable4j.client.DurableClient;
import io.durable4j.data.DurableException;
import io.durable4j.history.InstanceState;
import io.durable4j.history.RecordedHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Golden histories: what the instances of tests did once, kept in a folder with the sources, so
 * that later builds replay it. One run with {@code -Ddurable.golden=record} writes them; a test
 * with {@link #replayAll} guards them. Immutable.
 *
 * <p>A file is called after the orchestrator, the test and a number. It holds nothing of the
 * machine that wrote it: traces of exceptions are left out. Where the test's clock and ids are the
 * same in each run, so is the file.
 */
public final class GoldenHistories {
  /** The system property that says whether to record: {@value}={@code record}. */
  public static final String MODE = "durable.golden";

  /** The system property with the folder: {@value}, by default {@value #DEFAULT_FOLDER}. */
  public static final String FOLDER = "durable.golden.folder";

  /** Where golden histories are unless told otherwise, from the folder of the module. */
  public static final String DEFAULT_FOLDER = "src/test/resources/golden";

  private static final String RECORD = "record";
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

  private final Path folder;
  private final boolean recording;

  private GoldenHistories(Path folder, boolean recording) {
    this.folder = folder;
    this.recording = recording;
  }

  /**
   * What the system properties say.
   *
   * @return golden histories in {@link #FOLDER}, that are recorded if {@link #MODE} says so
   * @throws DurableException when {@link #MODE} has a value that is none
   */
  public static GoldenHistories ofProperties() {
    String mode = System.getProperty(MODE, "");
    if (!mode.isEmpty() && !mode.equals(RECORD)) {
      throw new DurableException(
          "The system property " + MODE + " is '" + mode + "'; set it to " + RECORD + ", or not");
    }
    return new GoldenHistories(
        Path.of(System.getProperty(FOLDER, DEFAULT_FOLDER)), mode.equals(RECORD));
  }

  /**
   * Golden histories that are replayed and not recorded.
   *
   * @param folder where they are
   * @return the histories
   */
  public static GoldenHistories in(Path folder) {
    return new GoldenHistories(folder, false);
  }

  /**
   * The same, recorded whatever the system properties say.
   *
   * @return the histories
   */
  public GoldenHistories recording() {
    return new GoldenHistories(folder, true);
  }

  /**
   * Whether {@link #record} writes.
   *
   * @return false unless this is a recording run
   */
  public boolean isRecording() {
    return recording;
  }

  /**
   * Where they are.
   *
   * @return the folder, which need not exist
   */
  public Path folder() {
    return folder;
  }

  /**
   * Writes the histories of all instances that a client finds, in place of those that the test
   * wrote before; does nothing unless this is a recording run. Instances that have not begun have
   * no history, and what is parked does not fit its code: both are passed over.
   *
   * @param client a client of the hub that the test had for itself
   * @param test the test's name, the same in each run
   * @return the files that were written, in order
   */
  public List<Path> record(DurableClient client, String test) {
    if (!recording) {
      return List.of();
    }
    String name = safe(test);
    removeFormer(name);
    List<InstanceState> instances = new ArrayList<>();
    try (Stream<InstanceState> all = client.query(q -> q.parked(false))) {
      all.sorted(
              Comparator.comparing((InstanceState s) -> s.start().createdAt())
                  .thenComparing(InstanceState::id))
          .forEach(instances::add);
    }
    Map<String, Integer> numbers = new TreeMap<>();
    List<Path> written = new ArrayList<>();
    for (InstanceState s : instances) {
      RecordedHistory history = client.instance(s.id().value()).history();
      if (RecordedHistory.startOf(history.events()) != null) {
        String orchestrator = safe(history.orchestrator());
        int number = numbers.merge(orchestrator, 1, Integer::sum);
        Path file =
            folder.resolve(orchestrator).resolve(String.format("%s-%02d.json", name, number));
        HistoryFile.write(file, WithoutStacks.of(history));
        written.add(file);
      }
    }
    return written;
  }

  /** Files of the test that this run might not write again. */
  private void removeFormer(String test) {
    Pattern mine = Pattern.compile(Pattern.quote(test) + "-\\d{2,}\\.json");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder, 2)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (mine.matcher(file.getFileName().toString()).matches()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new DurableException("The golden histories in " + folder + " cannot be replaced", e);
    }
  }

  /**
   * Fails unless the code fits all golden histories.
   *
   * @param code the orchestrators of today
   * @throws AssertionError when it does not, or there are none
   */
  public void replayAll(Replay code) {
    if (!Files.isDirectory(folder)) {
      throw new AssertionError(
          "There are no golden histories in "
              + folder
              + ": run the tests once with -D"
              + MODE
              + "="
              + RECORD
              + ", and keep the files with the sources");
    }
    code.passes(folder);
  }

  /** For a file name on every system; what was changed is told apart by a digest of it. */
  private static String safe(String name) {
    String safe = UNSAFE.matcher(name).replaceAll("_");
    return safe.equals(name) && !name.startsWith(".") && !name.isEmpty()
        ? name
        : "_" + safe + "_" + Integer.toHexString(name.hashCode());
  }
}
