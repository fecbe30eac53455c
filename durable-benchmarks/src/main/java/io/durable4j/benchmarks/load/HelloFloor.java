package io.durable4j.benchmarks.load;

import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Queues.Receipt;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Filters;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.sdk.SdkAccount;
import io.durable4j.azurestorage.sdk.SdkServices;
import io.durable4j.history.OrchestrationStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What orchestrations of three activities take on these services at least, by threads that do
 * nothing else. No look at a queue is in vain, and each takes one message.
 */
final class HelloFloor implements AutoCloseable {
  private static final Duration HIDDEN = Duration.ofSeconds(60);
  private static final int STEPS = 3;

  private final Meter meter;
  private final Queues queues;
  private final Tables tables;
  private final StepWriter writer;

  /** Messages that were consumed, whose places others may take. */
  private final Queue<Receipt> places = new ConcurrentLinkedQueue<>();

  private final String name = "hello" + UUID.randomUUID().toString().substring(0, 8);

  HelloFloor(AzureServer server) {
    SdkServices services = SdkServices.of(server.connection(), SdkServices.Policies.NONE);
    SdkAccount account = new SdkAccount(services, InstantSource.system());
    meter = server.meter();
    queues = account.queues();
    tables = account.tables();
    writer = new StepWriter(tables, name);
    queues.create(name);
    tables.create(name);
    tables.create(name + "rows");
  }

  /** Runs orchestrations, each from its start to its result. */
  Round round(int count, int threads, boolean plain) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long[] latencies = new long[count];
      Usage start = meter.now();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int n = i;
        all.add(
            pool.submit(
                () -> {
                  long before = System.nanoTime();
                  new Hello(plain).run();
                  latencies[n] = System.nanoTime() - before;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return new Round(count, meter.since(start), latencies);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("A call did not end as it should", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** One orchestration. */
  private final class Hello {
    private final boolean plain;
    private final StepRows rows = StepRows.fresh();
    private String etag = "";
    private int events;

    Hello(boolean plain) {
      this.plain = plain;
    }

    void run() {
      Receipt came = through(0);
      tables.write(name + "rows", List.of(new Write.Insert(row(OrchestrationStatus.PENDING))));
      if (plain) {
        tables.find(
            name, new Tables.Find(Filters.history(rows.id(), null), List.of(), 1_000), null);
      } else {
        tables.get(name, rows.id().value(), Sentinel.ROW_KEY);
        look();
      }
      for (int i = 0; i < STEPS; i++) {
        Receipt task = plain ? through(i) : put(i);
        turn();
        if (plain || i == 0) {
          show(OrchestrationStatus.RUNNING);
        }
        consume(came, i == 0);
        came = plain ? through(i) : task;
        if (plain) {
          queues.delete(name, task);
        }
      }
      turn();
      show(OrchestrationStatus.COMPLETED);
      consume(came, false);
      look();
    }

    private Receipt through(int n) {
      return ThroughQueue.of(queues, name, rows.message(n), HIDDEN);
    }

    /** A start was delivered by its queue, and its place is of no use for another. */
    private void consume(Receipt message, boolean isStart) {
      if (plain || isStart) {
        queues.delete(name, message);
      } else {
        places.add(message);
      }
    }

    private Receipt put(int n) {
      Receipt place = places.poll();
      return place == null
          ? queues.send(name, rows.message(n), HIDDEN)
          : Objects.requireNonNull(queues.rewrite(name, place, rows.message(n), HIDDEN));
    }

    private Row row(OrchestrationStatus status) {
      return rows.shown(status);
    }

    private void turn() {
      List<Write> writes = new ArrayList<>(rows.turn(events, etag));
      if (etag.isEmpty()) {
        writes.set(writes.size() - 1, new Write.Insert(rows.sentinel(writes.size() - 1)));
      }
      etag = writer.write(rows.id(), writes, etag);
      events += writes.size() - 1;
    }

    private void show(OrchestrationStatus status) {
      tables.write(name + "rows", List.of(new Write.InsertOrMerge(row(status))));
    }

    private void look() {
      tables.get(name + "rows", rows.id().value(), InstanceRows.ROW_KEY);
    }
  }

  @Override
  public void close() {
    queues.delete(name);
    tables.delete(name);
    tables.delete(name + "rows");
  }
}
