package io.durable4j.azurestorage.scenario;

import io.durable4j.fixtures.scenario.FamilyScenarios;
import io.durable4j.spi.Backend;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AzureFamilyTest extends FamilyScenarios {
  @RegisterExtension static final ScenarioAccount ACCOUNT = new ScenarioAccount();

  @Override
  protected Backend create() {
    return ACCOUNT.fresh();
  }
}
