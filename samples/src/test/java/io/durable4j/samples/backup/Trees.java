package io.durable4j.samples.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Trees of files to copy, and what they hold. */
final class Trees {
  private Trees() {}

  /** A tree of files with an empty one, an empty directory and links. */
  static void make(Path root, int files) throws IOException {
    Files.createDirectories(root.resolve("deep/er"));
    Files.createDirectories(root.resolve("empty directory/inside"));
    for (int i = 0; i < files; i++) {
      byte[] bytes = new byte[i * 331];
      Arrays.fill(bytes, (byte) i);
      Files.write(root.resolve((i % 2 == 0 ? "file " : "deep/er/file ") + i), bytes);
    }
    Files.createSymbolicLink(root.resolve("link"), Path.of("file 0"));
    Files.createSymbolicLink(root.resolve("deep/broken"), Path.of("nowhere"));
  }

  /** What a tree holds: the content of files as text, the targets of links, and directories. */
  static Map<String, String> read(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path p : (Iterable<Path>) all::iterator) {
        String name = root.relativize(p).toString();
        if (Files.isSymbolicLink(p)) {
          found.put(name, "-> " + Files.readSymbolicLink(p));
        } else if (Files.isDirectory(p)) {
          found.put(name, "directory");
        } else {
          found.put(name, "file " + new String(Files.readAllBytes(p), StandardCharsets.UTF_8));
        }
      }
    }
    return found;
  }
}
