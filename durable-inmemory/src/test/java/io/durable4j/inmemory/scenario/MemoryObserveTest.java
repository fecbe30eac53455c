package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.ObserveScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryObserveTest extends ObserveScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
