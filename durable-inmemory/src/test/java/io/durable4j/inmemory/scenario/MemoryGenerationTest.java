package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.GenerationScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryGenerationTest extends GenerationScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
