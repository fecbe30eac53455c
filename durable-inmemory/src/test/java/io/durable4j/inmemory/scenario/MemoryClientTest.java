package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.ClientScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryClientTest extends ClientScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
