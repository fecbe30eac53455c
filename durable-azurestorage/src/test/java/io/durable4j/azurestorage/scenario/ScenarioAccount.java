package io.durable4j.azurestorage.scenario;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import io.durable4j.fixtures.scenario.EngineScenarios;
import io.durable4j.fixtures.storage.SlowStorage;
import io.durable4j.spi.Backend;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where the scenarios of a class find their backends: accounts in memory, or, if the system
 * property {@value #PROPERTY} is {@code true}, one Azurite for the class, which is started for the
 * first test and ended after the last. Each test has a hub of its own.
 */
final class ScenarioAccount implements AfterAllCallback {
  private static final String PROPERTY = "durable.azurite";
  private static final int MANY = 100;

  private @Nullable Azurite azurite;
  private int hubs;

  private static boolean onAzurite() {
    return Boolean.getBoolean(PROPERTY);
  }

  /** Few on an Azurite, which stalls for longer and longer after some thousand messages. */
  int many(int usual) {
    return onAzurite() || EngineScenarios.slowStorage().isPresent() ? Math.min(usual, MANY) : usual;
  }

  /** A backend without a hub. */
  Backend fresh() {
    if (!onAzurite()) {
      Account account = new FakeAccount(InstantSource.system(), Points.NONE);
      OptionalLong slow = EngineScenarios.slowStorage();
      return TestStore.processes(
              slow.isEmpty() ? account : SlowStorage.of(Account.class, account, slow.getAsLong()))
          .get();
    }
    if (azurite == null) {
      azurite = AzuriteChooser.ofMachine().start();
    }
    hubs++;
    return new RenamedHub(AzureStorageBackend.create(azurite.connectionString()), "Hub" + hubs);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (azurite != null) {
      azurite.close();
      azurite = null;
    }
  }
}
