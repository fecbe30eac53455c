package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.ClockScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryClockTest extends ClockScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
