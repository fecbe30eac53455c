package io.durable4j.benchmarks.load;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Results as a table for people, a row as soon as it is known. */
final class Table implements Progress {
  private static final String HEAD = "%-22s %-14s %10s %9s %11s %10s %10s %9s %10s %8s %8s%s%n";

  private final PrintStream out;
  private final double fsyncs;

  /**
   * @param fsyncs the machine's rate; NaN where no disk is involved
   */
  Table(PrintStream out, double fsyncs) {
    this.out = out;
    this.fsyncs = fsyncs;
  }

  void head() {
    out.printf(
        Locale.ROOT,
        HEAD,
        "scenario",
        "unit",
        "ops",
        "seconds",
        "per second",
        "p50 ms",
        "p99 ms",
        "cpu us",
        "bytes",
        "calls",
        "fsyncs",
        Double.isNaN(fsyncs) ? "" : "  x fsync");
  }

  @Override
  public void doing(String what) {
    out.println("  . " + what);
    out.flush();
  }

  void row(Result r) {
    out.printf(
        Locale.ROOT,
        HEAD,
        r.scenario(),
        r.unit(),
        text("%,.0f", r.figure("ops")),
        text("%,.2f", r.figure("seconds")),
        text("%,.0f", r.figure("perSecond")),
        text("%,.3f", r.figure("p50Ms")),
        text("%,.3f", r.figure("p99Ms")),
        text("%,.1f", r.figure("cpuMicrosPerOp")),
        text("%,.0f", r.figure("allocBytesPerOp")),
        text("%,.2f", r.figure("storageCallsPerOp")),
        text("%,.3f", r.figure("fsyncsPerOp")),
        Double.isNaN(fsyncs) ? "" : text("%9.2f", r.figure("fsyncRatio")));
    String more = more(r);
    if (!more.isEmpty()) {
      out.println("    " + more);
    }
    out.flush();
  }

  private static String more(Result r) {
    StringBuilder text = new StringBuilder();
    r.figures().entrySet().stream()
        .skip(Result.COLUMNS)
        .filter(e -> !e.getKey().equals("fsyncRatio"))
        .map(Table::figure)
        .forEach(f -> text.append(text.isEmpty() ? "" : ", ").append(f));
    return text.toString();
  }

  private static String figure(Map.Entry<String, ?> entry) {
    Object value = entry.getValue();
    String shown = value instanceof Double d ? text("%,.3f", d) : String.valueOf(value);
    return entry.getKey() + " " + shown;
  }

  private static String text(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
