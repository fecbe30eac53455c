package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.InheritanceScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryInheritanceTest extends InheritanceScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
