package io.durable4j.azurestorage.scenario;

import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.fixtures.scenario.RetryScenarios;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class AzureRetryTest extends RetryScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return TestStore.on(clock);
  }
}
