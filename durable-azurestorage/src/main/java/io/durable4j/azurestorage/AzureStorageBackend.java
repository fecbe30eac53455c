package io.durable4j.azurestorage;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.sdk.SdkAccount;
import io.durable4j.azurestorage.store.Stores;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A backend that keeps a task hub in queues, tables and blobs of Azure Storage, in the format of
 * DurableTask.AzureStorage 2.x, so that .NET clients, workers and tools understand the hub. The
 * first hub that is created or opened with it is its hub. Any thread may call it.
 *
 * <p>Calls block. The SDK tries one that fails again for half a minute at most; then it throws
 * {@link io.durable4j.spi.StorageException}, and the engine goes on trying.
 */
public final class AzureStorageBackend implements Backend {
  private static final int HELPERS = 32;
  private static final long IDLE_SECONDS = 30;
  private static final long END_SECONDS = 5;

  /** A message that was consumed waits so long for another to take its place. */
  private static final long MOMENT_MILLIS = 100;

  private final Backend store;
  private final ExecutorService helpers;
  private final ExecutorService moments;

  private AzureStorageBackend(Backend store, ExecutorService helpers, ExecutorService moments) {
    this.store = store;
    this.helpers = helpers;
    this.moments = moments;
  }

  /**
   * A backend by connection string, with default settings.
   *
   * @param connectionString with the account's key or a SAS, or that of the emulator
   * @return the backend; nothing is called yet
   * @throws io.durable4j.data.DurableException when it is no connection string; the message does
   *     not repeat it
   */
  public static AzureStorageBackend create(String connectionString) {
    return create(AzureAccount.byConnectionString(connectionString));
  }

  /**
   * A backend with default settings.
   *
   * @param account where the hub is
   * @return the backend; nothing is called yet
   */
  public static AzureStorageBackend create(AzureAccount account) {
    return create(account, AzureStorageSettings.defaults());
  }

  /**
   * A backend with settings.
   *
   * @param account where the hub is; its queues alone, if the settings name a tracking account
   * @param settings the settings
   * @return the backend; nothing is called yet
   */
  public static AzureStorageBackend create(AzureAccount account, AzureStorageSettings settings) {
    int most = settings.mostCalls();
    Account main = new SdkAccount(account.services(), InstantSource.system(), most);
    AzureAccount tracking = settings.tracking();
    Account both =
        tracking == null
            ? main
            : new TwoAccounts(
                main, new SdkAccount(tracking.services(), InstantSource.system(), most));
    ExecutorService helpers = helpers();
    ScheduledExecutorService moments = moments();
    Executor later =
        work -> {
          Future<?> unused = moments.schedule(work, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        };
    return new AzureStorageBackend(
        Stores.create(
            both, settings.prefix(), settings.options(), UUID::randomUUID, helpers, later),
        helpers,
        moments);
  }

  /** Threads that come and go with the work; where all are busy, the caller does it alone. */
  private static ExecutorService helpers() {
    return new ThreadPoolExecutor(
        0,
        HELPERS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        AzureStorageBackend::thread);
  }

  /** A thread that is there while something waits for its moment, and for a while after. */
  private static ScheduledExecutorService moments() {
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(1, AzureStorageBackend::thread);
    one.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "durable-azurestorage");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public HubSpec create(HubSpec spec) {
    return store.create(spec);
  }

  @Override
  public TaskHub open(HubSpec spec, WakeUps wakeUps) {
    return store.open(spec, wakeUps);
  }

  @Override
  public void delete() {
    store.delete();
  }

  @Override
  public void close() {
    store.close();
    moments.shutdown(); // what waits has its moment still
    try {
      // messages that were consumed; those that are left come again and are known
      moments.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      helpers.shutdown();
      helpers.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      helpers.shutdown();
      Thread.currentThread().interrupt();
    }
  }
}
