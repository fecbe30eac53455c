package io.durable4j.benchmarks.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.openjdk.jmh.Main;

/** The command {@code jmh}: hands its options to JMH. */
public final class PartsProgram {
  private PartsProgram() {}

  /**
   * Runs the benchmarks of this package.
   *
   * @param args options of JMH
   */
  public static void main(List<String> args) {
    try {
      Main.main(args.toArray(new String[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
