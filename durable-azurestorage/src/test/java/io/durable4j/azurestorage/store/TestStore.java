package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.fake.FakeAccount.Points;
import io.durable4j.spi.Backend;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes backends on an account in memory, all of whose work is done in place. */
public final class TestStore {
  private TestStore() {}

  /** A backend on an account of its own. */
  public static Backend on(InstantSource clock) {
    return on(new FakeAccount(clock, Points.NONE));
  }

  /**
   * A backend on an account of its own, in which something may fail before the effect of each call
   * and after it, but not where a worker or a client only looks.
   */
  public static Backend on(InstantSource clock, Runnable point) {
    return new PointedBackend(clock, point);
  }

  /** Backends on one account, each as a process of its own has it. */
  public static Supplier<Backend> processes(Account account) {
    Counting random = new Counting();
    return () -> on(account, null, random);
  }

  static StoreBackend on(Account account) {
    return on(account, null);
  }

  static StoreBackend on(Account account, @Nullable String trackingPrefix) {
    return on(account, trackingPrefix, new Counting());
  }

  /** One of several on an account, which must not give the same names. */
  static StoreBackend on(Account account, @Nullable String trackingPrefix, Counting random) {
    return on(account, trackingPrefix, random, Runnable::run);
  }

  /** One whose consumed messages wait for their moment. */
  static StoreBackend on(
      Account account, @Nullable String trackingPrefix, Counting random, Executor later) {
    Fanout fanout = new Fanout(Runnable::run, later);
    return new StoreBackend(account, trackingPrefix, StoreOptions.DEFAULT, random, fanout);
  }

  /** Names that are the same in every run. */
  static final class Counting implements HubParts.Random {
    private final AtomicLong count = new AtomicLong();

    @Override
    public UUID uuid() {
      return new UUID(1, count.incrementAndGet());
    }

    @Override
    public String next() {
      return String.format("%08x", count.incrementAndGet());
    }
  }
}
