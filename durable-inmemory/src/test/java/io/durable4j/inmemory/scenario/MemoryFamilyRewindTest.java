package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.FamilyRewindScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryFamilyRewindTest extends FamilyRewindScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
