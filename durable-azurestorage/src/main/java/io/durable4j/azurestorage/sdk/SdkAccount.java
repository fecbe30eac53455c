package io.durable4j.azurestorage.sdk;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Tables;
import java.time.InstantSource;

/** A storage account by the Azure SDK. Thread-safe. */
public final class SdkAccount implements Account {
  private final ServiceClock clock;
  private final SdkQueues queues;
  private final SdkTables tables;
  private final SdkBlobs blobs;

  /**
   * Creates an account; calls nothing.
   *
   * @param services the clients; they stay the caller's
   * @param local the clock of this machine
   */
  public SdkAccount(SdkServices services, InstantSource local) {
    clock = new ServiceClock(local);
    queues =
        new SdkQueues(
            services.queues(), calls("Queue", "queue", services.queues().getQueueServiceUrl()));
    tables =
        new SdkTables(
            services.tables(), calls("Table", "table", services.tables().getServiceEndpoint()));
    blobs =
        new SdkBlobs(
            services.blobs(), calls("Blob", "container", services.blobs().getAccountUrl()));
  }

  private Calls calls(String service, String kind, String url) {
    int query = url.indexOf('?'); // where a SAS would stand
    return new Calls(new Failures(service, kind, query < 0 ? url : url.substring(0, query)), clock);
  }

  @Override
  public Queues queues() {
    return queues;
  }

  @Override
  public Tables tables() {
    return tables;
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  /** The clients stay as they are: they have nothing to close, or belong to the user. */
  @Override
  public void close() {}
}
