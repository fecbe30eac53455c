package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.profile.SlicedBackend;
import io.durable4j.fixtures.scenario.OutageScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class SlicedOutageTest extends OutageScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return new SlicedBackend(InMemoryBackend.create(clock), () -> {});
  }
}
