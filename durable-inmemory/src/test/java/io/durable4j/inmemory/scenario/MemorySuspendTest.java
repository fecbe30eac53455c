package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.SuspendScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemorySuspendTest extends SuspendScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
