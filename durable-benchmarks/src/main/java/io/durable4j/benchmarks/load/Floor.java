package io.durable4j.benchmarks.load;

import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Queues.Receipt;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.sdk.SdkAccount;
import io.durable4j.azurestorage.sdk.SdkServices;
import io.durable4j.history.OrchestrationStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * What a step of a chain takes on these services at least, by one thread that does nothing else.
 * The texts and rows are as large as those of {@link Chain}.
 */
final class Floor implements AutoCloseable {
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  private final Meter meter;
  private final Queues queues;
  private final Tables tables;
  private final StepWriter writer;
  private final String name = "floor" + UUID.randomUUID().toString().substring(0, 8);
  private final StepRows chain = StepRows.fresh();
  private String etag;
  private int rows;

  Floor(AzureServer server) {
    SdkServices services = SdkServices.of(server.connection(), SdkServices.Policies.NONE);
    SdkAccount account = new SdkAccount(services, InstantSource.system());
    meter = server.meter();
    queues = account.queues();
    tables = account.tables();
    queues.create(name);
    tables.create(name);
    writer = new StepWriter(tables, name);
    etag = writer.write(chain.id(), List.of(new Write.Insert(chain.sentinel(0))), "");
  }

  /** What is called for a step. */
  enum Calls {
    /** The put of an activity's message, then the transaction of its turn. */
    LEAST,
    /** And the deletion of the message. */
    WITH_DELETION,
    /**
     * The eight of the plain protocol, whose activities and results go through queues and whose row
     * follows each turn; history is known, and no look at a queue is in vain.
     */
    PLAIN
  }

  /** Runs steps. */
  Round round(int steps, Calls calls) {
    long[] latencies = new long[steps];
    Usage start = meter.now();
    for (int i = 0; i < steps; i++) {
      long before = System.nanoTime();
      Receipt receipt =
          calls == Calls.PLAIN
              ? through(chain.message(i))
              : queues.send(name, chain.message(i), HIDDEN);
      List<Write> writes = chain.turn(rows, etag);
      etag = writer.write(chain.id(), writes, etag);
      rows += writes.size() - 1;
      switch (calls) {
        case LEAST -> {}
        case WITH_DELETION -> queues.delete(name, receipt);
        case PLAIN -> {
          Receipt result = through(chain.message(i));
          queues.delete(name, receipt);
          tables.write(
              name, List.of(new Write.InsertOrMerge(chain.shown(OrchestrationStatus.RUNNING))));
          queues.delete(name, result);
        }
      }
      latencies[i] = System.nanoTime() - before;
    }
    return new Round(steps, meter.since(start), latencies);
  }

  private Receipt through(String text) {
    return ThroughQueue.of(queues, name, text, HIDDEN);
  }

  @Override
  public void close() {
    queues.delete(name);
    tables.delete(name);
  }
}
