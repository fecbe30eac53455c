package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.ErrorScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryErrorTest extends ErrorScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
