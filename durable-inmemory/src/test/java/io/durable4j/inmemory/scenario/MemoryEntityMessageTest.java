package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityMessageScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityMessageTest extends EntityMessageScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
