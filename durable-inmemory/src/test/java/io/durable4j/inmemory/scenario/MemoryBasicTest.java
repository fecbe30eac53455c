package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.BasicScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryBasicTest extends BasicScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
