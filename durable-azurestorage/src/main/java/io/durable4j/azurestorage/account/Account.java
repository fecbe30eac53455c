package io.durable4j.azurestorage.account;

import java.time.InstantSource;

/**
 * The services that hold a hub. Every call blocks and may be made from any thread. A call that is
 * refused for good throws {@link AccountException}; one of which nobody can tell whether it took
 * effect throws {@link io.durable4j.spi.StorageException}; both name service, resource and what to
 * do, and never a secret.
 */
public interface Account extends AutoCloseable {
  /**
   * The queues.
   *
   * @return always the same
   */
  Queues queues();

  /**
   * The tables.
   *
   * @return always the same
   */
  Tables tables();

  /**
   * The same tables, for calls that must not wait until others have ended: who owns what.
   *
   * @return always the same
   */
  default Tables urgentTables() {
    return tables();
  }

  /**
   * The blobs.
   *
   * @return always the same
   */
  Blobs blobs();

  /**
   * The clock of the services, as far as it is known here.
   *
   * @return the clock; never called back while it is asked
   */
  InstantSource clock();

  /** Gives up what was opened for it. Idempotent. */
  @Override
  void close();
}
