package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityDeliveryScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityDeliveryTest extends EntityDeliveryScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
