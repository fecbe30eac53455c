package io.durable4j.inmemory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names in a journal's directory. A segment holds the records from its beginning on; a snapshot
 * of the same number holds the state at that beginning.
 *
 * @param directory the directory
 */
record Layout(Path directory) {
  private static final Pattern SEGMENTS = Pattern.compile("journal-(\\d{12})\\.log");
  private static final Pattern SNAPSHOTS = Pattern.compile("snapshot-(\\d{12})\\.snap");

  Path lock() {
    return directory.resolve("lock");
  }

  Path innerLock() {
    return directory.resolve("lock-inner");
  }

  Path segment(long number) {
    return directory.resolve(String.format(Locale.ROOT, "journal-%012d.log", number));
  }

  Path snapshot(long number) {
    return directory.resolve(String.format(Locale.ROOT, "snapshot-%012d.snap", number));
  }

  Path unfinishedSnapshot() {
    return directory.resolve("snapshot.tmp");
  }

  NavigableMap<Long, Path> segments() throws IOException {
    return list(SEGMENTS);
  }

  NavigableMap<Long, Path> snapshots() throws IOException {
    return list(SNAPSHOTS);
  }

  private NavigableMap<Long, Path> list(Pattern name) throws IOException {
    NavigableMap<Long, Path> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher m = name.matcher(file.getFileName().toString());
        if (m.matches()) {
          found.put(Long.parseLong(m.group(1)), file);
        }
      }
    }
    return found;
  }
}
