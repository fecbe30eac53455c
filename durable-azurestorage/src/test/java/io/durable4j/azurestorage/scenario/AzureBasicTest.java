package io.durable4j.azurestorage.scenario;

import io.durable4j.fixtures.scenario.BasicScenarios;
import io.durable4j.spi.Backend;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AzureBasicTest extends BasicScenarios {
  @RegisterExtension static final ScenarioAccount ACCOUNT = new ScenarioAccount();

  @Override
  protected Backend create() {
    return ACCOUNT.fresh();
  }

  @Override
  protected int many(int usual) {
    return ACCOUNT.many(usual);
  }
}
