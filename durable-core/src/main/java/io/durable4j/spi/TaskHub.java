package io.durable4j.spi;

/** The storage of one open hub. */
public interface TaskHub extends AutoCloseable {
  /**
   * Who owns which partition.
   *
   * @return the table
   */
  PartitionTable partitions();

  /**
   * The queues.
   *
   * @return the queues
   */
  Messages messages();

  /**
   * The instances.
   *
   * @return the store
   */
  InstanceStore instances();

  /**
   * Reads for clients.
   *
   * @return the queries
   */
  InstanceQueries queries();

  /** Ends the hints of this opening; the backend stays open. Idempotent. */
  @Override
  void close();
}
