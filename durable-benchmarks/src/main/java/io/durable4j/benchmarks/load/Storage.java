package io.durable4j.benchmarks.load;

import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Empty storage of a round.
 *
 * @param backend the backend
 * @param hub the name that its hub gets
 * @param readied how many instances a host runs before it is measured
 * @param meter reads what is used, here and in a server of the round's own
 * @param answers whether a server of the round's own answers, if there is one
 * @param end closes the backend and removes all that is stored
 */
record Storage(
    Backend backend, String hub, int readied, Meter meter, BooleanSupplier answers, Runnable end)
    implements AutoCloseable {
  private static final String HUB = "Load";
  private static final int READIED = 64;

  static Storage fresh(RunOptions options) {
    return switch (options.kind()) {
      case MEMORY -> inMemory(InMemoryBackend.create(), () -> {});
      case JOURNAL -> {
        Path directory = directory(options);
        yield inMemory(
            InMemoryBackend.journaled(directory.resolve("journal")), () -> remove(directory));
      }
      case AZURITE -> AzureServer.alone(options);
    };
  }

  private static Storage inMemory(InMemoryBackend backend, Runnable afterwards) {
    Runnable end =
        () -> {
          backend.close();
          afterwards.run();
        };
    return new Storage(
        backend, HUB, READIED, new Meter(backend::flushes, () -> 0), () -> true, end);
  }

  /** The same storage by another way. */
  Storage by(Backend other) {
    return new Storage(other, hub, readied, meter, answers, end);
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
    end.run();
  }

  /** What a failure on it is to be called. */
  RuntimeException blamed(RuntimeException failure) {
    return answers.getAsBoolean()
        ? failure
        : new IllegalStateException(
            "The emulator does not answer. It stalls by itself about a minute after some thousand"
                + " messages; take a smaller --scale",
            failure);
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
