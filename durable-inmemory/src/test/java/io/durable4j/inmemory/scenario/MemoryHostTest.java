package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.HostScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryHostTest extends HostScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
