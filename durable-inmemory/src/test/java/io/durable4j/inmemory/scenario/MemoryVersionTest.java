package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.VersionScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryVersionTest extends VersionScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
