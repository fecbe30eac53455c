package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.EntityLockScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryEntityLockTest extends EntityLockScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
