package io.durable4j.inmemory;

import java.util.List;

/** Where changes are made durable. A position is a point in the log; positions only grow. */
interface Log {
  /**
   * Throws when the log cannot be used any more. Called under the hub's lock, before anything else.
   *
   * @throws io.durable4j.spi.StorageException when a flush failed
   */
  void check();

  /**
   * Whether it writes what is appended.
   *
   * @return false when it keeps nothing
   */
  boolean writes();

  /**
   * Puts one record behind all others. Called under the hub's lock. When it throws, there is no
   * record. It is in memory yet, and need not be written before somebody waits for it.
   *
   * @param changes the record
   * @return its end
   */
  long append(List<Change> changes);

  /**
   * Tells that the state now holds all that was appended. Called under the hub's lock.
   *
   * @param state the state
   */
  void applied(HubState state);

  /**
   * Waits until everything up to a position is durable. Called without the lock.
   *
   * @param position the position
   */
  void await(long position);

  /**
   * Waits until everything up to a position outlives this process, though not the machine. Called
   * without the lock.
   *
   * @param position the position
   */
  void awaitWritten(long position);

  /**
   * How often the log was forced to disk for those who waited. Any thread may ask.
   *
   * @return the number since the log was opened
   */
  long flushes();

  /** Makes everything durable and lets go of all files and threads. Called without the lock. */
  void close();

  /** Keeps nothing. */
  final class None implements Log {
    @Override
    public void check() {}

    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public long append(List<Change> changes) {
      return 0;
    }

    @Override
    public void applied(HubState state) {}

    @Override
    public void await(long position) {}

    @Override
    public void awaitWritten(long position) {}

    @Override
    public long flushes() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
