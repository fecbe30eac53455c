package io.durable4j.benchmarks.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durable4j.host.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as text, one JSON object a line. */
final class JsonLines {
  private final ObjectMapper mapper = new ObjectMapper();
  private final RunOptions options;

  JsonLines(RunOptions options) {
    this.options = options;
  }

  String line(Result result, Map<Setting, String> settings) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("scenario", result.scenario());
    line.put("unit", result.unit());
    line.putAll(result.figures());
    line.put("backend", options.backend());
    line.put("sessions", options.sessions());
    line.put("java", Integer.toString(Runtime.version().feature()));
    line.put("clients", options.size().clients());
    Map<String, String> keys = new LinkedHashMap<>();
    settings.forEach((setting, value) -> keys.put(setting.key(), value));
    line.put("settings", keys);
    try {
      return mapper.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
