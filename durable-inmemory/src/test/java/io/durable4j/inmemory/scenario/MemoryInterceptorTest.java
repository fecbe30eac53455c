package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.scenario.InterceptorScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;

final class MemoryInterceptorTest extends InterceptorScenarios {
  @Override
  protected Backend create() {
    return InMemoryBackend.create();
  }
}
