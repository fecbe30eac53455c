package io.durable4j.inmemory.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of mutants in the documentation: name, seed, invariant, size of the schedule and of the
 * shrunk one.
 *
 * @param file the document
 * @param title the heading that the table stands under
 */
record MutantTable(Path file, String title) {
  private static final String SEED = "| Seed |";

  static MutantTable inDocs(String title) {
    for (@Nullable Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path file = dir.resolve("docs/testing-the-engine.md");
      if (Files.exists(file)) {
        return new MutantTable(file, title);
      }
    }
    throw new IllegalStateException("docs/testing-the-engine.md is nowhere above");
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the table says.
   *
   * @return by mutant, what {@link SimulationRun#firstFailure} answers
   */
  Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : body()) {
      String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
      String found =
          String.join("\t", cells[1].trim(), cells[2].trim(), cells[3].trim(), cells[4].trim());
      rows.put(cells[0].trim(), found);
    }
    return rows;
  }

  private List<String> body() {
    List<String> lines = lines();
    int begin = begin(lines);
    int end = begin;
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    return lines.subList(begin, end);
  }

  private int begin(List<String> lines) {
    int heading = lines.indexOf("## " + title);
    for (int i = Math.max(0, heading); heading >= 0 && i < lines.size(); i++) {
      if (lines.get(i).contains(SEED)) {
        return i + 2;
      }
    }
    throw new IllegalStateException(file + " has no table under \"" + title + "\"");
  }

  /** Writes the table anew. */
  void write(Map<String, String> rows) {
    List<String> lines = new ArrayList<>(lines());
    int begin = begin(lines);
    int old = body().size();
    lines.subList(begin, begin + old).clear();
    List<String> body = new ArrayList<>();
    rows.forEach(
        (name, found) -> body.add("| " + name + " | " + found.replace("\t", " | ") + " |"));
    lines.addAll(begin, body);
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
