package io.durable4j.azurestorage.scenario;

import io.durable4j.fixtures.scenario.NeighbourScenarios;
import io.durable4j.spi.Backend;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AzureNeighbourTest extends NeighbourScenarios {
  @RegisterExtension static final ScenarioAccount ACCOUNT = new ScenarioAccount();

  @Override
  protected Backend create() {
    return ACCOUNT.fresh();
  }
}
