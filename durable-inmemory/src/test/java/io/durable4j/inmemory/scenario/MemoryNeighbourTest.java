package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.NeighbourScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryNeighbourTest extends NeighbourScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
