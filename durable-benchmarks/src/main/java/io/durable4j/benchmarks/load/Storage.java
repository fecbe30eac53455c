package io.durable4j.benchmarks.load;

import io.durable4j.inmemory.InMemoryBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An empty backend of its own directory, which it removes at its end.
 *
 * @param backend the backend
 * @param directory where its journal is; null without
 */
record Storage(InMemoryBackend backend, @Nullable Path directory) implements AutoCloseable {
  static Storage fresh(RunOptions options) {
    if (!options.journal()) {
      return new Storage(InMemoryBackend.create(), null);
    }
    Path directory = directory(options);
    return new Storage(InMemoryBackend.journaled(directory.resolve("journal")), directory);
  }

  /** A new directory where the journals of this run are. */
  static Path directory(RunOptions options) {
    try {
      Path parent = options.directory();
      return parent == null
          ? Files.createTempDirectory("durable-load")
          : Files.createTempDirectory(parent, "durable-load");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    backend.close();
    if (directory != null) {
      remove(directory);
    }
  }

  static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> childrenFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : childrenFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
