package io.durable4j.azurestorage.fake;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Tables;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * An account in memory. It refuses what the services refuse: wrong keys, sizes over their limits, a
 * receipt that is not the newest. Before and after the effect of each call it passes a point, where
 * a test may let it fail, wait or die. Thread-safe.
 */
public final class FakeAccount implements Account {
  private final InstantSource clock;
  private final Points points;
  private final FakeQueues queues;
  private final FakeTables tables;
  private final FakeBlobs blobs;

  /** Where a test may come between. */
  public interface Points {
    /** Points at which nothing happens. */
    Points NONE = call -> {};

    /**
     * A call is about to take effect, or has just done so.
     *
     * @param call the service and the call, {@code tables.write} for example; with an exclamation
     *     mark behind it once it took effect
     */
    void at(String call);
  }

  /** An empty account. */
  public FakeAccount(InstantSource clock, Points points) {
    this.clock = clock;
    this.points = points;
    queues = new FakeQueues(this);
    tables = new FakeTables(this);
    blobs = new FakeBlobs(this);
  }

  /** Runs one call: point, effect, point. */
  <T> T call(String name, Supplier<T> effect) {
    points.at(name);
    T result;
    synchronized (this) {
      result = effect.get();
    }
    points.at(name + "!");
    return result;
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
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  /** What it holds stays. */
  @Override
  public void close() {}
}
