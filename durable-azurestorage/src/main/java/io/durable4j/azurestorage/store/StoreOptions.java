package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.QueueText;
import java.time.Duration;

/**
 * How a hub is stored.
 *
 * @param encoding how messages stand in queues
 * @param statusEvery how long the row that queries show may be behind while nothing but its time of
 *     change would change
 */
public record StoreOptions(QueueText.Encoding encoding, Duration statusEvery) {
  /** What holds where nothing else is said. */
  public static final StoreOptions DEFAULT =
      new StoreOptions(QueueText.Encoding.UTF8, Duration.ofSeconds(30));
}
