package io.durable4j.internal.client;

import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityArguments;
import io.durable4j.spi.BackendClosedException;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client works with.
 *
 * @param drive time and ids
 * @param hub storage
 * @param partitions how many the hub has
 * @param capabilities what storage can do
 * @param converter turns values into payloads and back
 * @param rules what holds for every call
 * @param waits those who wait for results
 * @param mailbox kinds of the messages that wait for an instance in this process
 */
public record ClientParts(
    Drive drive,
    TaskHub hub,
    int partitions,
    Capabilities capabilities,
    DataConverter converter,
    ClientRules rules,
    ResultWaits waits,
    Function<InstanceId, List<String>> mailbox) {
  private static final int ATTEMPTS = 5;
  private static final long PAUSE_NANOS = 20_000_000;

  QueueId queueOf(InstanceId instance) {
    return QueueId.control(instance, partitions);
  }

  /** The largest payload in bytes. */
  int maxPayload() {
    return capabilities.maxPayload();
  }

  /**
   * When storage shows what is due at a time, or can hold it back no longer: a worker that gets it
   * early gives it back until then.
   */
  Instant visibleAt(Instant due, Instant now) {
    Duration most = capabilities.maxDelay();
    Instant latest = most == null ? due : now.plus(most);
    return due.isBefore(latest) ? due : latest;
  }

  void refuseIfClosed() {
    if (waits.isClosed()) {
      throw new DurableException("The client is closed");
    }
  }

  /** Calls storage, a few times if need be; the call must be safe to repeat. */
  <T> T calling(Supplier<T> call) {
    refuseIfClosed();
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (BackendClosedException e) {
        throw e;
      } catch (StorageException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        drive.signal().await(drive.nanos() + (PAUSE_NANOS << attempt));
      }
    }
  }

  /** The input of an entity's operation. */
  @Nullable Payload encodeArguments(List<@Nullable Object> arguments, String what) {
    return limited(() -> EntityArguments.encode(converter, arguments), what);
  }

  private interface Encoding {
    @Nullable Payload payload();
  }

  @Nullable Payload encode(@Nullable Object value, String what) {
    return limited(() -> converter.toPayload(value), what);
  }

  private @Nullable Payload limited(Encoding encoding, String what) {
    Payload payload;
    try {
      payload = encoding.payload();
    } catch (PayloadException e) {
      throw new PayloadException(what + ": " + e.getMessage(), e);
    }
    int size = payload == null ? 0 : payload.sizeInBytes();
    if (size > maxPayload()) {
      throw new PayloadException(
          what + ": the payload has " + size + " bytes, the backend's limit is " + maxPayload(),
          null);
    }
    return payload;
  }
}
