package io.durable4j.benchmarks;

import io.durable4j.benchmarks.chart.ChartProgram;
import io.durable4j.benchmarks.load.LoadProgram;
import io.durable4j.benchmarks.parts.PartsProgram;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** The load program: puts load on a host and tells what it did with it. */
public final class Benchmarks {
  private static final String HELP =
      """
      java -jar durable-benchmarks.jar COMMAND ...

        run    puts load on a host, prints a table, writes one JSON object a line
        chart  draws what run wrote as SVG
        jmh    measures the engine's parts; takes the options of JMH, -h lists them
      """;

  private Benchmarks() {}

  /**
   * Runs a command and ends the process: 0 when it did what it should, 2 for a command line that it
   * does not understand, 1 for all else.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    try {
      if (args.length == 0) {
        throw new UsageException("A command is missing; --help lists them");
      }
      List<String> rest = Arrays.asList(args).subList(1, args.length);
      boolean help = rest.contains("--help");
      switch (args[0]) {
        case "--help", "help" ->
            out.print(HELP + "\n" + LoadProgram.HELP + "\n" + ChartProgram.HELP);
        case "run" -> {
          if (help) {
            out.print(LoadProgram.HELP);
          } else {
            LoadProgram.main(rest, out);
          }
        }
        case "chart" -> {
          if (help) {
            out.print(ChartProgram.HELP);
          } else {
            ChartProgram.main(rest, out);
          }
        }
        case "jmh" -> PartsProgram.main(rest);
        default ->
            throw new UsageException(
                "There is no command '" + args[0] + "'; there are run, chart and jmh");
      }
      return 0;
    } catch (UsageException e) {
      err.println(e.getMessage());
      return 2;
    } catch (RuntimeException e) {
      err.println("Failed: " + e);
      e.printStackTrace(err);
      return 1;
    }
  }
}
