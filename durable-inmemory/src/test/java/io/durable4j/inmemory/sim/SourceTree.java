package io.durable4j.inmemory.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The production sources, as they lie on the disk.
 *
 * @param roots the directories that hold packages
 */
record SourceTree(List<Path> roots) {
  private static final List<String> MODULES = List.of("durable-core", "durable-inmemory");

  /**
   * Finds the sources from the working directory, which is that of a module or one above.
   *
   * @return the sources of the core and of the storage in memory
   */
  static SourceTree find() {
    Path start = Path.of("").toAbsolutePath();
    for (@Nullable Path dir = start; dir != null; dir = dir.getParent()) {
      Path base = dir;
      List<Path> roots = MODULES.stream().map(m -> base.resolve(m + "/src/main/java")).toList();
      if (roots.stream().allMatch(Files::isDirectory)) {
        return new SourceTree(roots);
      }
    }
    throw new IllegalStateException(
        "The sources of " + MODULES + " are neither in " + start + " nor above it");
  }

  String read(String file) {
    for (Path root : roots) {
      Path path = root.resolve(file);
      if (Files.isRegularFile(path)) {
        try {
          return Files.readString(path);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException("There is no source file " + file + " in " + roots);
  }
}
