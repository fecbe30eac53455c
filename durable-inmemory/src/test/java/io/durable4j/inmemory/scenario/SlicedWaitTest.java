package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.profile.SlicedBackend;
import io.durable4j.fixtures.scenario.WaitScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class SlicedWaitTest extends WaitScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return new SlicedBackend(InMemoryBackend.create(clock), () -> {});
  }
}
