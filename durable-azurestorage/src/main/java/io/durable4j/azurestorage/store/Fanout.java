package io.durable4j.azurestorage.store;

import io.durable4j.spi.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes several calls at once: no service takes ten messages in one. The caller works too, so that
 * all is done also where the helpers come late or never.
 */
final class Fanout {
  private static final int WIDTH = 16;

  private final Executor helpers;
  private final Executor later;

  /**
   * @param helpers run calls that are made at once; nothing waits for them to begin
   * @param later runs what may wait for a moment, after it, and is not busy for long
   */
  Fanout(Executor helpers, Executor later) {
    this.helpers = helpers;
    this.later = later;
  }

  /** Does the work for each item; each is tried, and the first failure thrown after that. */
  <T> void each(List<T> items, Consumer<T> work) {
    if (items.size() == 1) {
      work.accept(items.get(0));
      return;
    }
    Round round = new Round(items.size(), i -> work.accept(items.get(i)));
    try {
      for (int helper = 1; helper < Math.min(WIDTH, items.size()); helper++) {
        helpers.execute(round);
      }
    } catch (RejectedExecutionException e) {
      // then the caller does it alone
    }
    round.run();
    round.await();
  }

  /** Does some work beside the caller; where no helper is free, in his place. */
  void aside(Runnable work) {
    try {
      helpers.execute(work);
    } catch (RejectedExecutionException e) {
      work.run();
    }
  }

  /** Does some work aside in a moment; what it throws nobody hears of. */
  void later(Runnable work) {
    try {
      later.execute(() -> aside(work));
    } catch (RejectedExecutionException e) {
      aside(work);
    }
  }

  /** What the work makes of each item, in the order of the items; the failures as above. */
  <T, R> List<R> map(List<T> items, Function<T, R> work) {
    List<List<R>> results = new ArrayList<>();
    items.forEach(item -> results.add(new ArrayList<>(1)));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      places.add(i);
    }
    each(places, i -> results.get(i).add(work.apply(items.get(i))));
    return results.stream().flatMap(List::stream).toList();
  }

  /** Some pieces of work; whoever runs it takes one after the other. */
  private static final class Round implements Runnable {
    private final int size;
    private final Consumer<Integer> work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final List<Throwable> failures = new ArrayList<>();

    Round(int size, Consumer<Integer> work) {
      this.size = size;
      this.work = work;
      this.left = new CountDownLatch(size);
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
        try {
          work.accept(i);
        } catch (RuntimeException e) {
          failed(e);
        } catch (Error e) {
          failed(e);
          throw e;
        } finally {
          left.countDown();
        }
      }
    }

    private void failed(Throwable t) {
      synchronized (failures) {
        failures.add(t);
      }
    }

    void await() {
      try {
        left.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StorageException("Interrupted among calls to storage; their end is unknown", e);
      }
      synchronized (failures) {
        if (failures.isEmpty()) {
          return;
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).filter(f -> !f.equals(first)).forEach(first::addSuppressed);
        if (first instanceof Error e) {
          throw e;
        }
        throw (RuntimeException) first;
      }
    }
  }
}
