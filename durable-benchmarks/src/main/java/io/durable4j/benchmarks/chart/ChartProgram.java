package io.durable4j.benchmarks.chart;

import io.durable4j.benchmarks.CommandLine;
import io.durable4j.benchmarks.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The command {@code chart}: draws the throughput in the load program's JSON. */
public final class ChartProgram {
  /** What the command's options are. */
  public static final String HELP =
      """
      chart --json FILE ... --out FILE.svg
        --json FILE ...            what run wrote, in the order of the chart
        --out FILE.svg             where the chart is written
      """;

  private ChartProgram() {}

  /**
   * Runs the command.
   *
   * @param args its options
   * @param out for a word at the end
   * @throws UsageException for options that make no sense
   */
  public static void main(List<String> args, PrintStream out) {
    CommandLine line = CommandLine.parse(args, Set.of("json", "out"));
    List<Path> files = line.all("json").stream().map(Path::of).toList();
    if (files.isEmpty()) {
      throw new UsageException("The option --json is missing");
    }
    Path svg = Path.of(line.required("out"));
    List<Point> points = Points.read(files);
    try {
      Files.writeString(svg, Drawing.of(points));
    } catch (IOException e) {
      throw new UsageException("Cannot write " + svg + ": " + e);
    }
    out.println(points.size() + " figures drawn to " + svg);
  }
}
