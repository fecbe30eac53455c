package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.format.BlobNames;
import io.durable4j.azurestorage.format.HubNames;
import io.durable4j.spi.WakeUps;
import java.time.Instant;

/**
 * What all parts of an open hub share.
 *
 * @param account the services
 * @param names what the hub's resources are called
 * @param options how it is stored
 * @param random where random names come from
 * @param fanout makes several calls at once
 * @param outgoing what was sent, by all who have the hub open in this process
 * @param wakeUps where hints go
 */
record HubParts(
    Account account,
    HubNames names,
    StoreOptions options,
    Random random,
    Fanout fanout,
    Outgoing outgoing,
    WakeUps wakeUps) {
  /** Random names; a test gives its own. */
  interface Random extends BlobNames.Unique {
    /** A random UUID. */
    java.util.UUID uuid();
  }

  /** The time of the services. */
  Instant now() {
    return account.clock().instant();
  }

  /** The container of large payloads. */
  LargeTexts largeTexts() {
    return new LargeTexts(account.blobs(), names.largeMessages(), fanout);
  }
}
