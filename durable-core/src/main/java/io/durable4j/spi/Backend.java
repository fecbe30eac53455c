package io.durable4j.spi;

/**
 * A store that holds task hubs. One backend may be opened by several hosts of a process; each gets
 * a {@link TaskHub} of its own onto the same data.
 */
public interface Backend extends AutoCloseable {
  /**
   * What this backend promises beyond the contracts.
   *
   * @return the same value always
   */
  Capabilities capabilities();

  /**
   * Creates the hub, or leaves an existing one exactly as it is. Done twice, or again after a crash
   * in the middle, it completes what is missing.
   *
   * @param spec the hub that is wanted
   * @return the hub as it is stored, which may differ from {@code spec}
   * @throws HubException when the hub is being deleted, or written by a newer format
   */
  HubSpec create(HubSpec spec);

  /**
   * Deletes the hub with all its data. Idempotent; after a crash in the middle the hub is {@link
   * HubException.Reason#GONE} until a further call ends the work. Hubs that are open fail their
   * calls from then on.
   */
  void delete();

  /**
   * Opens the hub. Writes nothing.
   *
   * @param spec what the caller expects
   * @param wakeUps where hints go
   * @return the hub's storage
   * @throws HubException when it is missing, gone, stored with other settings (both are named) or
   *     of a newer format
   */
  TaskHub open(HubSpec spec, WakeUps wakeUps);

  /** Ends the backend: later calls throw {@link BackendClosedException}. Idempotent. */
  @Override
  void close();
}
