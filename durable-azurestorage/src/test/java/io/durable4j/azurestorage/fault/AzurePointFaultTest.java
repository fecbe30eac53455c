package io.durable4j.azurestorage.fault;

import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.fixtures.fault.SliceFaultScenarios;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;

/** Each call to the account fails once before its effect, and once after it. */
@Tag("one-jdk")
final class AzurePointFaultTest extends SliceFaultScenarios {
  @Override
  protected Backend create(InstantSource clock, Runnable point) {
    return TestStore.on(clock, point);
  }

  @Override
  protected String sessions() {
    return "off";
  }

  /**
   * What a commit that failed had claimed comes when its lease ends; the second start message of an
   * instance that was purged meanwhile is waited with for an hour.
   */
  @Override
  protected Duration settling(String workload) {
    return workload.equals("purge") ? Duration.ofMinutes(90) : Duration.ofMinutes(2);
  }

  @Override
  protected int after(int k) {
    return Strides.after(k);
  }
}
