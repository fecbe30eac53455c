package io.durable4j.azurestorage.scenario;

import io.durable4j.fixtures.scenario.FamilyRewindScenarios;
import io.durable4j.spi.Backend;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AzureFamilyRewindTest extends FamilyRewindScenarios {
  @RegisterExtension static final ScenarioAccount ACCOUNT = new ScenarioAccount();

  @Override
  protected Backend create() {
    return ACCOUNT.fresh();
  }
}
