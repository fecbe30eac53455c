package io.durable4j.azurestorage.sdk;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Tables;
import java.time.InstantSource;

/** A storage account by the Azure SDK. Thread-safe. */
public final class SdkAccount implements Account {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final ServiceClock clock;
  private final SdkQueues queues;
  private final SdkTables tables;
  private final SdkTables urgentTables;
  private final SdkBlobs blobs;

  /**
   * Creates an account of which any number of calls is made at a time; calls nothing.
   *
   * @param services the clients; they stay the caller's
   * @param local the clock of this machine
   */
  public SdkAccount(SdkServices services, InstantSource local) {
    this(services, local, NO_LIMIT);
  }

  /**
   * Creates an account; calls nothing.
   *
   * @param services the clients; they stay the caller's
   * @param local the clock of this machine
   * @param mostCalls how many calls of each service are made at a time, but for those to {@link
   *     #urgentTables}
   */
  public SdkAccount(SdkServices services, InstantSource local, int mostCalls) {
    clock = new ServiceClock(local);
    String queueUrl = services.queues().getQueueServiceUrl();
    String tableUrl = services.tables().getServiceEndpoint();
    String blobUrl = services.blobs().getAccountUrl();
    queues = new SdkQueues(services.queues(), calls("Queue", "queue", queueUrl, mostCalls));
    tables = new SdkTables(services.tables(), calls("Table", "table", tableUrl, mostCalls));
    urgentTables = new SdkTables(services.tables(), calls("Table", "table", tableUrl, NO_LIMIT));
    blobs = new SdkBlobs(services.blobs(), calls("Blob", "container", blobUrl, mostCalls));
  }

  private Calls calls(String service, String kind, String url, int mostCalls) {
    int query = url.indexOf('?'); // where a SAS would stand
    String shown = query < 0 ? url : url.substring(0, query);
    return new Calls(new Failures(service, kind, shown), clock, new CallLimit(service, mostCalls));
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
  public Tables urgentTables() {
    return urgentTables;
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
