package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityClientScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityClientTest extends EntityClientScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
