package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityTest extends EntityScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
