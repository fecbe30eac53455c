package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.RetryScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class MemoryRetryTest extends RetryScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return InMemoryBackend.create(clock);
  }
}
