package io.durable4j.benchmarks.chart;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durable4j.benchmarks.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the load program's lines. */
final class Points {
  /** Their rate says nothing of the engine: one start or load, or as many timers as were set. */
  private static final Set<String> NO_THROUGHPUT =
      Set.of(
          "waiting", "waiting-evicted", "waiting-bounded", "timers", "long-history-load", "fan-in");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Points() {}

  /**
   * All points of several files; where one is there twice, the last counts.
   *
   * @throws UsageException for a file that cannot be read, or a line that is none of the load
   *     program's
   */
  static List<Point> read(List<Path> files) {
    Map<String, Point> points = new LinkedHashMap<>();
    for (Path file : files) {
      int number = 0;
      for (String line : lines(file)) {
        number++;
        Point p = point(line, file + ":" + number);
        if (p != null) {
          points.put(p.panel() + " " + p.scenario() + " " + p.sessions(), p);
        }
      }
    }
    if (points.isEmpty()) {
      throw new UsageException("There is no throughput to draw in " + files);
    }
    return new ArrayList<>(points.values());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file + ": " + e);
    }
  }

  private static @Nullable Point point(String line, String where) {
    if (line.isBlank()) {
      return null;
    }
    try {
      JsonNode n = MAPPER.readTree(line);
      double perSecond = n.path("perSecond").asDouble();
      String scenario = text(n, "scenario", where);
      if (NO_THROUGHPUT.contains(scenario) || !(perSecond > 0)) {
        return null;
      }
      return new Point(
          text(n, "backend", where) + ", Java " + text(n, "java", where),
          scenario,
          text(n, "unit", where),
          text(n, "sessions", where),
          perSecond);
    } catch (JacksonException e) {
      throw new UsageException(where + ": this is no JSON: " + e.getOriginalMessage());
    }
  }

  private static String text(JsonNode n, String name, String where) {
    JsonNode value = n.get(name);
    if (value == null || !value.isTextual()) {
      throw new UsageException(where + ": this is no line of the load program; " + name + "?");
    }
    return value.asText();
  }
}
