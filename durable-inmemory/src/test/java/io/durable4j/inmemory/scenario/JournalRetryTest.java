package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.RetryScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

final class JournalRetryTest extends RetryScenarios {
  @TempDir private Path directory;

  @Override
  protected Backend create(InstantSource clock) {
    return InMemoryBackend.journaled(directory.resolve(UUID.randomUUID().toString()), clock);
  }
}
