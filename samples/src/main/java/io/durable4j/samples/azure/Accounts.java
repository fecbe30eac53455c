package io.durable4j.samples.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.queue.QueueServiceClient;
import io.durable4j.azurestorage.AzureAccount;
import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.azurestorage.AzureStorageSettings;
import io.durable4j.azurestorage.AzureStorageSettings.MessageEncoding;
import io.durable4j.client.DurableClient;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.spi.Backend;
import io.durable4j.spi.HubSpec;
import java.net.URI;
import java.time.Duration;

/** How an account is reached, and what is set, as the page shows it. */
final class Accounts {
  private Accounts() {}

  static AzureStorageBackend byIdentity(TokenCredential credential) {
    // snippet identity
    AzureAccount account = AzureAccount.byIdentity(credential, "shopstorage");
    return AzureStorageBackend.create(account);
    // end
  }

  static AzureAccount elsewhere(TokenCredential credential) {
    // snippet elsewhere
    return AzureAccount.byIdentity(
        credential,
        URI.create("https://shopstorage.queue.core.usgovcloudapi.net"),
        URI.create("https://shopstorage.table.core.usgovcloudapi.net"),
        URI.create("https://shopstorage.blob.core.usgovcloudapi.net"));
    // end
  }

  static AzureAccount byClients(
      QueueServiceClient queues, TableServiceClientBuilder tables, BlobServiceClient blobs) {
    // snippet clients
    return AzureAccount.byClients(queues, tables, blobs);
    // end
  }

  static AzureStorageBackend settings(AzureAccount account, AzureAccount tracking) {
    // snippet settings
    AzureStorageSettings settings =
        AzureStorageSettings.defaults()
            .queueClientMessageEncoding(MessageEncoding.BASE64)
            .statusEvery(Duration.ofMinutes(1))
            .trackingAccount(tracking)
            .trackingStoreNamePrefix("Shop")
            .maxStorageOperationConcurrency(100);
    return AzureStorageBackend.create(account, settings);
    // end
  }

  static DurableClient shared(Backend backend) {
    // snippet shared
    return DurableHost.on(backend)
        .set(Setting.HUB_NAME, "Shop") // TaskHubName, to the letter
        .set(Setting.HUB_PARTITIONS, "4") // PartitionCount
        .connect();
    // end
  }

  static void remove(AzureAccount account) {
    // snippet remove
    try (var backend = AzureStorageBackend.create(account)) {
      backend.create(new HubSpec("Shop", 4)); // says which; a hub that is there stays as it is
      backend.delete();
    }
    // end
  }
}
