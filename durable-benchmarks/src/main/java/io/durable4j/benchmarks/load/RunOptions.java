package io.durable4j.benchmarks.load;

import io.durable4j.benchmarks.CommandLine;
import io.durable4j.benchmarks.UsageException;
import io.durable4j.data.DurableException;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.inmemory.InMemoryBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked for.
 *
 * @param kind where state is stored
 * @param connection how the services of a given account are reached; null for an emulator of each
 *     round's own
 * @param sessions what hosts keep between turns: off, warm or live
 * @param scenarios names of the scenarios, in order
 * @param size how rounds are measured
 * @param json where results are written; null for nowhere
 * @param directory where journals are; null for the system's directory of temporary files
 * @param settings further settings of hosts
 */
record RunOptions(
    Kind kind,
    @Nullable String connection,
    String sessions,
    List<String> scenarios,
    Size size,
    @Nullable Path json,
    @Nullable Path directory,
    Map<Setting, String> settings) {
  static final String ALL = "all";
  private static final Set<String> KNOWN =
      Set.of(
          "backend",
          "connection",
          "sessions",
          "scenario",
          "rounds",
          "json",
          "dir",
          "scale",
          "seconds",
          "warmup",
          "clients",
          "set");

  /**
   * How much is measured.
   *
   * @param rounds how many rounds; their median counts
   * @param seconds how long a round is at least: its load is repeated until then
   * @param warmup seconds of load before the first round, at least once
   * @param scale what the sizes of the scenarios are multiplied with
   * @param clients how many threads start instances where a scenario starts many
   * @param brief whether the sizes for an emulator count, which bears some thousand messages
   */
  record Size(int rounds, double seconds, double warmup, double scale, int clients, boolean brief) {
    /**
     * The size of a scenario, at least one.
     *
     * @param full the usual one
     * @param onEmulator the one for an emulator
     */
    int of(int full, int onEmulator) {
      return (int) Math.max(1, Math.round((brief ? onEmulator : full) * scale));
    }
  }

  /** Where state is stored. */
  enum Kind {
    /** In this process. */
    MEMORY(2),
    /** In this process and in a journal. */
    JOURNAL(64),
    /** In the services of Azure Storage, of an emulator or an account. */
    AZURITE(8);

    private final int clients;

    Kind(int clients) {
      this.clients = clients;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
      return Stream.of(values()).map(Kind::word).toList();
    }
  }

  RunOptions {
    scenarios = List.copyOf(scenarios);
    settings = new LinkedHashMap<>(settings);
  }

  static RunOptions parse(List<String> args) {
    CommandLine line = CommandLine.parse(args, KNOWN);
    Kind kind =
        Kind.valueOf(line.choice("backend", Kind.names(), "memory").toUpperCase(Locale.ROOT));
    boolean azurite = kind == Kind.AZURITE;
    String connection = line.one("connection");
    if (connection != null && !azurite) {
      throw new UsageException("--connection is for --backend azurite");
    }
    Size size =
        new Size(
            line.whole("rounds", 3, 1, 1_000),
            line.number("seconds", azurite ? 0 : 1, 0, 3_600),
            line.number("warmup", azurite ? 12 : 3, 0, 3_600),
            line.number("scale", 1, 0.0001, 100),
            line.whole("clients", kind.clients, 1, 1_000),
            azurite);
    return new RunOptions(
        kind,
        connection,
        line.choice("sessions", List.of("off", "warm", "live"), "warm"),
        scenarios(line.all("scenario")),
        size,
        json(line.one("json")),
        directory(line.one("dir")),
        settings(line.all("set")));
  }

  String backend() {
    return kind.word();
  }

  private static List<String> scenarios(List<String> asked) {
    List<String> all = Scenarios.names();
    if (asked.isEmpty() || asked.contains(ALL)) {
      return all;
    }
    List<String> names = asked.stream().flatMap(a -> Stream.of(a.split(",", -1))).toList();
    for (String name : names) {
      if (!all.contains(name)) {
        throw new UsageException(
            "There is no scenario '" + name + "'; there are all, " + String.join(", ", all));
      }
    }
    return names;
  }

  private static @Nullable Path json(@Nullable String file) {
    if (file == null) {
      return null;
    }
    Path path = Path.of(file).toAbsolutePath();
    Path parent = path.getParent();
    if (Files.isDirectory(path) || parent == null || !Files.isDirectory(parent)) {
      throw new UsageException("--json cannot be '" + file + "'; it is a file in a directory");
    }
    return path;
  }

  private static @Nullable Path directory(@Nullable String name) {
    if (name == null) {
      return null;
    }
    Path path = Path.of(name).toAbsolutePath();
    if (!Files.isDirectory(path)) {
      throw new UsageException("--dir cannot be '" + name + "'; there is no such directory");
    }
    return path;
  }

  private static Map<Setting, String> settings(List<String> pairs) {
    Map<Setting, String> settings = new LinkedHashMap<>();
    for (String pair : pairs) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw new UsageException("--set cannot be '" + pair + "'; it is KEY=VALUE");
      }
      try {
        Setting setting = Setting.of(pair.substring(0, at));
        if (setting == Setting.SESSIONS) {
          throw new UsageException("--set cannot change sessions; use --sessions");
        }
        String value = pair.substring(at + 1);
        DurableHost.on(InMemoryBackend.create()).set(setting, value); // refuses a bad value
        settings.put(setting, value);
      } catch (DurableException e) {
        throw new UsageException("--set: " + e.getMessage());
      }
    }
    return settings;
  }
}
