package io.durable4j.azurestorage;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.queue.QueueServiceClient;
import io.durable4j.azurestorage.sdk.SdkServices;
import io.durable4j.data.DurableException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A storage account and how it is reached. Making one calls nothing; a wrong key or a missing role
 * shows at the first call. Immutable, and may be used by several backends.
 */
public final class AzureAccount {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{3,24}");

  private final SdkServices services;

  private AzureAccount(SdkServices services) {
    this.services = services;
  }

  /**
   * An account by connection string.
   *
   * @param connectionString with the account's key or a SAS, or that of the emulator
   * @return the account
   * @throws DurableException when it is no connection string; the message does not repeat it
   */
  public static AzureAccount byConnectionString(String connectionString) {
    return new AzureAccount(SdkServices.of(connectionString, SdkServices.Policies.NONE));
  }

  /**
   * An account in the public cloud, by identity. The identity needs the roles Storage Queue, Table
   * and Blob Data Contributor on it.
   *
   * @param credential where tokens come from, {@code DefaultAzureCredential} of {@code
   *     com.azure:azure-identity} for example
   * @param name the account's name
   * @return the account
   * @throws DurableException when no account can have that name
   */
  public static AzureAccount byIdentity(TokenCredential credential, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new DurableException(
          "Invalid storage account name '" + name + "': 3 to 24 lower-case letters or digits");
    }
    return byIdentity(
        credential,
        URI.create("https://" + name + ".queue.core.windows.net"),
        URI.create("https://" + name + ".table.core.windows.net"),
        URI.create("https://" + name + ".blob.core.windows.net"));
  }

  /**
   * An account by identity, wherever it is.
   *
   * @param credential where tokens come from
   * @param queues the address of its queue service, {@code https} as identities need
   * @param tables the address of its table service
   * @param blobs the address of its blob service
   * @return the account
   */
  public static AzureAccount byIdentity(
      TokenCredential credential, URI queues, URI tables, URI blobs) {
    return new AzureAccount(
        SdkServices.of(credential, queues, tables, blobs, SdkServices.Policies.NONE));
  }

  /**
   * An account by the user's own clients, with their credentials, retries and HTTP client; they
   * stay the user's. Retries should end within half a minute, since the engine has its own after
   * that. Of the table service the builder is wanted: the engine needs of its answers what the
   * client does not hand on, and adds a policy that reads it.
   *
   * @param queues for the queues; its message encoding does not matter
   * @param tables builds the client for the tables; gets a further policy
   * @param blobs for the blobs
   * @return the account
   */
  public static AzureAccount byClients(
      QueueServiceClient queues, TableServiceClientBuilder tables, BlobServiceClient blobs) {
    return new AzureAccount(SdkServices.of(queues, tables, blobs));
  }

  SdkServices services() {
    return services;
  }

  /** Names the account, and no secret. */
  @Override
  public String toString() {
    return "AzureAccount[" + services.queues().getAccountName() + "]";
  }
}
