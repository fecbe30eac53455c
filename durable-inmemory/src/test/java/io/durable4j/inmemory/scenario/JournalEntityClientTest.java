package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityClientScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class JournalEntityClientTest extends EntityClientScenarios {
  @TempDir private Path directory;

  @Override
  protected Backend create() {
    return InMemoryBackend.journaled(directory.resolve("hub"));
  }
}
