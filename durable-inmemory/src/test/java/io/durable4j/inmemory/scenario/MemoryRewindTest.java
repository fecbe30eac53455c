package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.RewindScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryRewindTest extends RewindScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
