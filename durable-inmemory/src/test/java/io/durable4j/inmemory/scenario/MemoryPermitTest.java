package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.PermitScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryPermitTest extends PermitScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
