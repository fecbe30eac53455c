package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.ChildScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryChildTest extends ChildScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
