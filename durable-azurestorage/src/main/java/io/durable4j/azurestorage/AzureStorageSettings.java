package io.durable4j.azurestorage;

import io.durable4j.azurestorage.format.HubNames;
import io.durable4j.azurestorage.format.QueueText;
import io.durable4j.azurestorage.store.StoreOptions;
import io.durable4j.data.DurableException;
import io.durable4j.spi.HubSpec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a backend stores a hub in Azure Storage. All workers of a hub, those on .NET included, must
 * agree on where its tables are; messages are read in either encoding. Immutable: each method gives
 * other settings.
 */
public final class AzureStorageSettings {
  private static final int CALLS_A_PROCESSOR = 25;

  /** Shared by all that ask. */
  private static final AzureStorageSettings DEFAULTS =
      new AzureStorageSettings(
          MessageEncoding.UTF8,
          StoreOptions.DEFAULT.statusEvery(),
          null,
          HubNames.DEFAULT_TRACKING_PREFIX,
          CALLS_A_PROCESSOR * Runtime.getRuntime().availableProcessors());

  private static final Duration LONGEST_STATUS = Duration.ofHours(1);

  private final MessageEncoding encoding;
  private final Duration statusEvery;
  private final @Nullable AzureAccount tracking;
  private final String trackingPrefix;
  private final int mostCalls;

  /** How messages stand in queues. */
  public enum MessageEncoding {
    /** As plain text. */
    UTF8,
    /** In Base64, which readers on DurableTask.AzureStorage 1.x need. */
    BASE64
  }

  private AzureStorageSettings(
      MessageEncoding encoding,
      Duration statusEvery,
      @Nullable AzureAccount tracking,
      String trackingPrefix,
      int mostCalls) {
    this.encoding = encoding;
    this.statusEvery = statusEvery;
    this.tracking = tracking;
    this.trackingPrefix = trackingPrefix;
    this.mostCalls = mostCalls;
  }

  /**
   * Messages as plain text, everything in one account.
   *
   * @return the settings
   */
  public static AzureStorageSettings defaults() {
    return DEFAULTS;
  }

  /**
   * How messages are written; {@code QueueClientMessageEncoding} of DurableTask.AzureStorage.
   *
   * @param encoding the encoding
   * @return the settings with it
   */
  public AzureStorageSettings queueClientMessageEncoding(MessageEncoding encoding) {
    return new AzureStorageSettings(
        Objects.requireNonNull(encoding), statusEvery, tracking, trackingPrefix, mostCalls);
  }

  /**
   * How long the row that queries show may be behind, while nothing but its time of change would
   * change. A shorter time costs more writes.
   *
   * @param statusEvery from zero, which writes it each turn, to an hour
   * @return the settings with it
   * @throws DurableException when it is out of range
   */
  public AzureStorageSettings statusEvery(Duration statusEvery) {
    if (statusEvery.isNegative() || statusEvery.compareTo(LONGEST_STATUS) > 0) {
      throw new DurableException(
          "The setting statusEvery cannot be " + statusEvery + "; it is from PT0S to PT1H");
    }
    return new AzureStorageSettings(encoding, statusEvery, tracking, trackingPrefix, mostCalls);
  }

  /**
   * Tables and blobs in an account of their own, the queues in the backend's. Its tables may hold
   * several hubs, and are called {@code DurableTaskHistory} and {@code DurableTaskInstances}.
   *
   * @param tracking the account of tables and blobs
   * @return the settings with it
   */
  public AzureStorageSettings trackingAccount(AzureAccount tracking) {
    return new AzureStorageSettings(
        encoding, statusEvery, Objects.requireNonNull(tracking), trackingPrefix, mostCalls);
  }

  /**
   * What those tables' names begin with, {@code TrackingStoreNamePrefix} of
   * DurableTask.AzureStorage. Without a tracking account it says nothing.
   *
   * @param prefix a letter, then up to 53 letters or digits
   * @return the settings with it
   * @throws DurableException when no table can be called so
   */
  public AzureStorageSettings trackingStoreNamePrefix(String prefix) {
    HubNames checked = new HubNames(new HubSpec("any", 1), prefix);
    return new AzureStorageSettings(
        encoding,
        statusEvery,
        tracking,
        Objects.requireNonNull(checked.trackingPrefix()),
        mostCalls);
  }

  /**
   * How many calls of each service a backend makes at a time, {@code
   * MaxStorageOperationConcurrency} of DurableTask.AzureStorage; others wait in their order, and
   * fail after half a minute without room, to be tried again. Calls about who owns which partition
   * do not wait. An account of the user's own clients is held to it as well.
   *
   * @param most 1 or more; 25 for each processor where nothing is said
   * @return the settings with it
   * @throws DurableException when it is less
   */
  public AzureStorageSettings maxStorageOperationConcurrency(int most) {
    if (most < 1) {
      throw new DurableException(
          "The setting maxStorageOperationConcurrency cannot be " + most + "; it is 1 or more");
    }
    return new AzureStorageSettings(encoding, statusEvery, tracking, trackingPrefix, most);
  }

  int mostCalls() {
    return mostCalls;
  }

  @Nullable AzureAccount tracking() {
    return tracking;
  }

  @Nullable String prefix() {
    return tracking == null ? null : trackingPrefix;
  }

  StoreOptions options() {
    return new StoreOptions(
        switch (encoding) {
          case UTF8 -> QueueText.Encoding.UTF8;
          case BASE64 -> QueueText.Encoding.BASE64;
        },
        statusEvery);
  }

  /** All settings, and no secret. */
  @Override
  public String toString() {
    return "AzureStorageSettings[queueClientMessageEncoding="
        + encoding
        + ", statusEvery="
        + statusEvery
        + ", trackingAccount="
        + tracking
        + ", trackingStoreNamePrefix="
        + trackingPrefix
        + ", maxStorageOperationConcurrency="
        + mostCalls
        + "]";
  }
}
