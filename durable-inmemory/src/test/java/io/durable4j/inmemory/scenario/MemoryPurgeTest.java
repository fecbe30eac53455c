package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.PurgeScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryPurgeTest extends PurgeScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
