package io.durable4j.inmemory.testing.history;

import io.durable4j.data.DurableException;
import io.durable4j.internal.verify.ServedName;
import io.durable4j.internal.verify.ServedName.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names of a file, by kind and name, as they are written there; case does not tell them apart.
 */
final class NamesFile {
  private static final String HEAD =
      """
      # Names that are in histories and messages, a line each, after what they are the name of.
      # A name stays here while an instance may hold it. New ones: run with -Ddurable.names=write.
      """;

  private final SortedMap<String, String> lines;

  private NamesFile(SortedMap<String, String> lines) {
    this.lines = lines;
  }

  /** What a file holds; nothing when there is none. */
  static NamesFile read(Path file) {
    SortedMap<String, String> lines = new TreeMap<>();
    if (Files.exists(file)) {
      List<String> all;
      try {
        all = Files.readAllLines(file);
      } catch (IOException e) {
        throw new DurableException("The names file " + file + " cannot be read: " + e, e);
      }
      for (int i = 0; i < all.size(); i++) {
        String line = all.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          lines.put(key(checked(line, file, i + 1)), line);
        }
      }
    }
    return new NamesFile(lines);
  }

  private static String checked(String line, Path file, int number) {
    int space = line.indexOf(' ');
    for (Kind kind : Kind.values()) {
      if (space > 0 && line.substring(0, space).equals(word(kind))) {
        return line;
      }
    }
    List<String> kinds = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      kinds.add(word(kind));
    }
    throw new DurableException(
        "The names file "
            + file
            + ", line "
            + number
            + ": '"
            + line
            + "' is no name; a line is one of "
            + kinds
            + ", a space, and the name");
  }

  /** Those of today that the file does not hold. */
  List<ServedName> missing(List<ServedName> served) {
    SortedMap<String, ServedName> found = new TreeMap<>();
    for (ServedName n : served) {
      String line = line(n.kind(), n.name());
      if (!lines.containsKey(key(line))) {
        found.put(key(line), n);
      }
    }
    return List.copyOf(found.values());
  }

  /** Lines of the file that are neither a name of today nor an alias. */
  List<String> notServed(List<ServedName> served) {
    SortedMap<String, String> left = new TreeMap<>(lines);
    for (ServedName n : served) {
      left.remove(key(line(n.kind(), n.name())));
      n.aliases().forEach(a -> left.remove(key(line(n.kind(), a))));
    }
    return List.copyOf(left.values());
  }

  NamesFile with(Collection<ServedName> more) {
    SortedMap<String, String> all = new TreeMap<>(lines);
    for (ServedName n : more) {
      String line = line(n.kind(), n.name());
      all.put(key(line), line);
    }
    return new NamesFile(all);
  }

  void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, HEAD + String.join("\n", lines.values()) + "\n");
    } catch (IOException e) {
      throw new DurableException("The names file " + file + " cannot be written: " + e, e);
    }
  }

  /** What is wrong, for a person; empty when nothing is. */
  static String report(Path file, List<String> notServed, List<ServedName> added) {
    StringBuilder out = new StringBuilder();
    if (!notServed.isEmpty()) {
      out.append("Names in ").append(file).append(" that nobody serves any more:");
      notServed.forEach(n -> out.append("\n  ").append(n));
      out.append(
          "\nWas one renamed? Keep it: @Name(value = \"new\", aliases = \"former\") for a method of an"
              + " interface, or the same code registered under both names. When no instance and no"
              + " message holds it any more, remove the line.");
    }
    if (!added.isEmpty()) {
      out.append(out.isEmpty() ? "" : "\n\n");
      out.append("Names that are not in ").append(file).append(" yet:");
      added.forEach(n -> out.append("\n  ").append(line(n.kind(), n.name())));
      out.append("\nRun the test once with -D" + DurableNames.MODE + "=write, which adds them.");
    }
    return out.toString();
  }

  private static String line(Kind kind, String name) {
    return word(kind) + " " + name;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String key(String line) {
    return line.toLowerCase(Locale.ROOT);
  }
}
