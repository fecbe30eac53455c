package io.durable4j.azurestorage.scenario;

import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.fixtures.scenario.HungScenarios;
import io.durable4j.spi.Backend;
import java.time.InstantSource;

final class AzureHungTest extends HungScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return TestStore.on(clock);
  }
}
