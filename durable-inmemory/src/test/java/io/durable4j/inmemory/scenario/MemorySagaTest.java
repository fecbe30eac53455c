package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.SagaScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemorySagaTest extends SagaScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
