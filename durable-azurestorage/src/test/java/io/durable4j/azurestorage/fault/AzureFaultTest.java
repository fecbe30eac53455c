package io.durable4j.azurestorage.fault;

import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.fixtures.fault.FaultScenarios;
import io.durable4j.spi.Backend;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;

@Tag("one-jdk")
final class AzureFaultTest extends FaultScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return TestStore.on(clock);
  }

  @Override
  protected String sessions() {
    return "warm";
  }

  @Override
  protected int after(int k) {
    return Strides.after(k);
  }
}
