package io.durable4j.inmemory.fault;

import io.durable4j.fixtures.fault.FaultScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("one-jdk")
final class JournalFaultTest extends FaultScenarios {
  @TempDir private Path dir;

  @Override
  protected Backend create(InstantSource clock) {
    try {
      return InMemoryBackend.journaled(Files.createTempDirectory(dir, "journal"), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String sessions() {
    return "live";
  }
}
