package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.TimerScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryTimerTest extends TimerScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
