package io.durable4j.azurestorage.scenario;

import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.fixtures.scenario.OutageScenarios;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class AzureOutageTest extends OutageScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return TestStore.on(clock);
  }
}
