package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.QueryScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryQueryTest extends QueryScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
