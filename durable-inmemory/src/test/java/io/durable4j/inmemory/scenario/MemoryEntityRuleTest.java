package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityRuleScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityRuleTest extends EntityRuleScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
