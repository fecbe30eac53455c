package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.profile.SlicedBackend;
import io.durable4j.fixtures.scenario.RetryScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class SlicedRetryTest extends RetryScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return new SlicedBackend(InMemoryBackend.create(clock), () -> {});
  }
}
