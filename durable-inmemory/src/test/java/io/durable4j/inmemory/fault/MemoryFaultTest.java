package io.durable4j.inmemory.fault;

import io.durable4j.fixtures.fault.FaultScenarios;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;

@Tag("one-jdk")
final class MemoryFaultTest extends FaultScenarios {
  @Override
  protected Backend create(InstantSource clock) {
    return InMemoryBackend.create(clock);
  }

  @Override
  protected String sessions() {
    return "warm";
  }
}
