package io.durable4j.inmemory.fault;

import io.durable4j.fixtures.fault.SliceFaultScenarios;
import io.durable4j.fixtures.profile.SlicedBackend;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;

@Tag("one-jdk")
final class SlicedPointFaultTest extends SliceFaultScenarios {
  @Override
  protected Backend create(InstantSource clock, Runnable point) {
    return new SlicedBackend(InMemoryBackend.create(clock), point);
  }

  @Override
  protected String sessions() {
    return "warm";
  }
}
