package io.durable4j.azurestorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClientBuilder;
import io.durable4j.azurestorage.AzureStorageSettings.MessageEncoding;
import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.sdk.SdkAccount;
import io.durable4j.azurestorage.store.StoreOptions;
import io.durable4j.data.DurableException;
import io.durable4j.fixtures.Covers;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The public door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureStorageBackendTest {
  private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
  private static final WakeUps NO_WAKE_UPS =
      new WakeUps() {
        @Override
        public void ready(QueueId queue) {}

        @Override
        public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
      };
  private static final AzureAccount OTHER =
      AzureAccount.byConnectionString(
          "DefaultEndpointsProtocol=https;AccountName=other;AccountKey="
              + KEY
              + ";EndpointSuffix=core.windows.net");

  private Azurite azurite;

  @BeforeAll
  void start() {
    azurite = AzuriteChooser.ofMachine().start();
  }

  @AfterAll
  void end() {
    azurite.close();
  }

  private static HubSpec hub() {
    return new HubSpec("H" + UUID.randomUUID().toString().replace("-", ""), 2);
  }

  @Test
  void aHubIsCreatedAndDeletedByConnectionString() {
    HubSpec hub = hub();
    try (AzureStorageBackend backend = AzureStorageBackend.create(azurite.connectionString())) {
      assertThat(backend.create(hub)).isEqualTo(hub);
      backend.open(hub, NO_WAKE_UPS);
      assertThat(backend.capabilities().atomic()).isFalse();
      backend.delete();
    }
  }

  @Test
  void theUsersClientsServeWhateverTheirEncoding() {
    AzureAccount account =
        AzureAccount.byClients(
            new QueueServiceClientBuilder()
                .connectionString(azurite.connectionString())
                .messageEncoding(QueueMessageEncoding.BASE64)
                .buildClient(),
            new TableServiceClientBuilder().connectionString(azurite.connectionString()),
            new BlobServiceClientBuilder()
                .connectionString(azurite.connectionString())
                .buildClient());
    Account services = new SdkAccount(account.services(), InstantSource.system());
    String queue = "q" + UUID.randomUUID();
    services.queues().create(queue);
    services.queues().send(queue, "{plain", Duration.ZERO);
    Account own =
        new SdkAccount(
            AzureAccount.byConnectionString(azurite.connectionString()).services(),
            InstantSource.system());
    assertThat(own.queues().receive(queue, 1, Duration.ofSeconds(30)))
        .singleElement()
        .satisfies(item -> assertThat(item.text()).isEqualTo("{plain"));
    HubSpec hub = hub();
    try (AzureStorageBackend backend = AzureStorageBackend.create(account)) {
      backend.create(hub);
      assertThat(backend.create(hub)).isEqualTo(hub);
    }
  }

  @Test
  void whatIsNoConnectionStringIsRefusedWithoutRepeatingIt() {
    for (String bad :
        new String[] {
          "", "x", KEY, "AccountName=a;AccountKey=" + KEY + " ;;=", "AccountKey=" + KEY
        }) {
      assertThatThrownBy(() -> AzureStorageBackend.create(bad))
          .isInstanceOf(DurableException.class)
          .hasMessageContaining("connection string")
          .hasNoCause()
          .message()
          .doesNotContain(KEY);
    }
  }

  @Test
  void textsShowNoSecret() {
    assertThat(OTHER).hasToString("AzureAccount[other]");
    assertThat(OTHER.services().toString()).doesNotContain(KEY);
    assertThat(
            AzureStorageSettings.defaults()
                .trackingAccount(OTHER)
                .maxStorageOperationConcurrency(7))
        .hasToString(
            "AzureStorageSettings[queueClientMessageEncoding=UTF8, statusEvery=PT30S,"
                + " trackingAccount=AzureAccount[other], trackingStoreNamePrefix=DurableTask,"
                + " maxStorageOperationConcurrency=7]");
  }

  @Test
  void settingsAreChecked() {
    AzureStorageSettings defaults = AzureStorageSettings.defaults();
    assertThat(defaults.mostCalls()).isEqualTo(25 * Runtime.getRuntime().availableProcessors());
    assertThatThrownBy(() -> defaults.maxStorageOperationConcurrency(0))
        .hasMessageContaining("maxStorageOperationConcurrency cannot be 0");
    assertThatThrownBy(() -> defaults.trackingStoreNamePrefix("1-x"))
        .hasMessageContaining("TrackingStoreNamePrefix");
    assertThatThrownBy(() -> defaults.statusEvery(Duration.ofSeconds(-1)))
        .hasMessageContaining("statusEvery");
    assertThatThrownBy(() -> defaults.statusEvery(Duration.ofHours(2)))
        .hasMessageContaining("PT1H");
    assertThatThrownBy(() -> AzureAccount.byIdentity(request -> null, "No_Account"))
        .hasMessageContaining("No_Account");
  }

  @Test
  @Covers("AZ-10")
  void settingsReachTheStore() {
    AzureStorageSettings defaults = AzureStorageSettings.defaults();
    assertThat(defaults.options()).isEqualTo(StoreOptions.DEFAULT);
    assertThat(defaults.prefix()).isNull();
    assertThat(defaults.trackingStoreNamePrefix("My").prefix()).isNull();
    AzureStorageSettings all =
        defaults
            .queueClientMessageEncoding(MessageEncoding.BASE64)
            .statusEvery(Duration.ZERO)
            .trackingStoreNamePrefix("My")
            .trackingAccount(OTHER);
    assertThat(all.options().encoding())
        .isEqualTo(io.durable4j.azurestorage.format.QueueText.Encoding.BASE64);
    assertThat(all.options().statusEvery()).isZero();
    assertThat(all.prefix()).isEqualTo("My");
    assertThat(all.tracking()).isSameAs(OTHER);
  }

  @Test
  void aTrackingAccountHasTablesAndBlobsAndTellsTheTime() {
    FakeAccount main = new FakeAccount(() -> Instant.EPOCH, FakeAccount.Points.NONE);
    FakeAccount tracking = new FakeAccount(() -> Instant.MAX, FakeAccount.Points.NONE);
    Account both = new TwoAccounts(main, tracking);
    assertThat(both.queues()).isSameAs(main.queues());
    assertThat(both.tables()).isSameAs(tracking.tables());
    assertThat(both.blobs()).isSameAs(tracking.blobs());
    assertThat(both.clock().instant()).isEqualTo(Instant.MAX);
  }
}
