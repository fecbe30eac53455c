package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EventScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEventTest extends EventScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
