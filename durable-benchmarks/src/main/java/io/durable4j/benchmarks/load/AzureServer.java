package io.durable4j.benchmarks.load;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Storage services: an Azurite of a round's own, or those of a given account.
 *
 * @param connection how they are reached
 * @param own the server that ends with the round; null for a given account
 */
record AzureServer(String connection, @Nullable Azurite own) implements AutoCloseable {
  private static final int READIED = 16;
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** A server without messages: after some thousand of them Azurite stalls. */
  static AzureServer start(RunOptions options) {
    String given = options.connection();
    if (given != null) {
      return new AzureServer(given, null);
    }
    Azurite own = AzuriteChooser.ofMachine().start();
    return new AzureServer(own.connectionString(), own);
  }

  /** A hub on it. */
  Storage storage() {
    return storage(() -> {});
  }

  /** A hub on a server that ends with it. */
  static Storage alone(RunOptions options) {
    AzureServer server = start(options);
    return server.storage(server::close);
  }

  private Storage storage(Runnable afterwards) {
    AzureStorageBackend backend = AzureStorageBackend.create(connection);
    return new Storage(
        backend,
        "Load" + UUID.randomUUID().toString().substring(0, 8),
        READIED,
        meter(),
        this::answers,
        () -> {
          if (own == null) {
            backend.delete(); // what is stored in a given account would be paid for
          }
          backend.close();
          afterwards.run();
        });
  }

  /** Reads what is used, here and there. */
  Meter meter() {
    return new Meter(() -> 0, this::cpuNanos);
  }

  /** Processor time of the server so far; 0 where nobody can know. */
  private long cpuNanos() {
    return Optional.ofNullable(own)
        .flatMap(Azurite::process)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .orElse(0L);
  }

  /** Whether the server answers; if not, a round that failed says nothing of the engine. */
  private boolean answers() {
    return own == null || own.queuesAnswer(ANSWER);
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
