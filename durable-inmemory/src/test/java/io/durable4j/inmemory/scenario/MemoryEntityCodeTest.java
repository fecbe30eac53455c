package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityCodeScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityCodeTest extends EntityCodeScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
