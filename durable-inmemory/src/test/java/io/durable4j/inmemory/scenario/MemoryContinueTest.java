package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.ContinueScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryContinueTest extends ContinueScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
