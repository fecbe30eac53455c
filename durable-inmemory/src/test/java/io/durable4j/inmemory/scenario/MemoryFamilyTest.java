package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.FamilyScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryFamilyTest extends FamilyScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
