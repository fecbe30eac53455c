package io.durable4j.benchmarks.load;

import io.durable4j.benchmarks.UsageException;
import io.durable4j.benchmarks.load.RunOptions.Kind;
import io.durable4j.host.Setting;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The command {@code run}: measures scenarios, prints a table, writes JSON lines. */
public final class LoadProgram {
  /** What the command's options are. */
  public static final String HELP =
      """
      run [OPTION ...]
        --backend memory|journal|azurite
                                   where state is stored; default: memory
        --connection STRING        azurite: the services to take, in place of an emulator for
                                   each round
        --sessions off|warm|live   what the host keeps between turns; default: warm
        --scenario all|NAME[,...]  what is measured; default: all
                                   %s
        --rounds N                 rounds of which the median is told; default: 3
        --json FILE                writes one JSON object a line
        --seconds S                how long a round is at least; default: 1, azurite: 0
        --warmup S                 seconds of load before the first round; default: 3,
                                   azurite: 12
        --scale F                  multiplies the sizes of the scenarios; default: 1
        --clients N                threads that start many instances; default: 2, journal: 64,
                                   azurite: 8
        --set KEY=VALUE ...        further settings of the host
        --dir DIR                  where journals are made; default: the temporary directory
      """
          .formatted(String.join(", ", Scenarios.names()));

  private LoadProgram() {}

  /**
   * Runs the command.
   *
   * @param args its options
   * @param out for table and progress
   * @throws UsageException for options that make no sense
   * @throws IllegalStateException when a scenario comes to a wrong result
   */
  public static void main(List<String> args, PrintStream out) {
    RunOptions options = RunOptions.parse(args);
    Map<Setting, String> settings = settings(options);
    out.printf(
        "Java %s, %d processors, %d MB of heap at most; backend %s; %s; %s%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        options.backend(),
        options.size(),
        settings);
    JsonLines json = new JsonLines(options);
    List<String> lines = new ArrayList<>();
    double fsyncs = Double.NaN;
    if (options.kind() == Kind.JOURNAL) {
      Result fsync = Fsync.measure(options, new Table(out, Double.NaN));
      fsyncs = fsync.figure("perSecond");
      lines.add(json.line(fsync, settings));
      out.printf("This disk: %,.0f fsyncs a second, one after the other%n", fsyncs);
    }
    Table table = new Table(out, fsyncs);
    table.head();
    Rounds rounds = new Rounds(options, settings, table);
    for (String name : options.scenarios()) {
      for (Result measured : scenario(name, options).measure(rounds)) {
        Result result =
            options.kind() == Kind.JOURNAL
                ? measured.with("fsyncRatio", measured.figure("perSecond") / fsyncs)
                : measured;
        table.row(result);
        lines.add(json.line(result, settings));
        if (options.json() != null) {
          JsonLines.write(options.json(), lines);
        }
      }
    }
  }

  private static Scenario scenario(String name, RunOptions options) {
    if (options.kind() == Kind.AZURITE && name.equals(Scenarios.CHAIN)) {
      return new ChainBesideFloor(options.size().of(300, 300));
    }
    return options.kind() == Kind.AZURITE && name.equals(Scenarios.HELLO)
        ? new HelloBesideFloor(options.size().of(2_000, 200))
        : Scenarios.of(name);
  }

  /** Enough permits that the scenarios wait for the engine and not for each other. */
  private static Map<Setting, String> settings(RunOptions options) {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(Setting.SESSIONS, options.sessions());
    settings.put(Setting.ORCHESTRATIONS_MAX, "256");
    settings.put(Setting.ACTIVITIES_MAX, "1000");
    settings.putAll(options.settings());
    return settings;
  }
}
