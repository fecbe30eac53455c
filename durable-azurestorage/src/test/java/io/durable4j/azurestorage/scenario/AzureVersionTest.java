package io.durable4j.azurestorage.scenario;

import io.durable4j.fixtures.scenario.VersionScenarios;
import io.durable4j.spi.Backend;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AzureVersionTest extends VersionScenarios {
  @RegisterExtension static final ScenarioAccount ACCOUNT = new ScenarioAccount();

  @Override
  protected Backend create() {
    return ACCOUNT.fresh();
  }
}
