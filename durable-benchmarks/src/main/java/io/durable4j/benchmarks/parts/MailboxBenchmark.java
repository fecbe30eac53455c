package io.durable4j.benchmarks.parts;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.ReadyQueue;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A message through the mailbox of its instance, on one thread and to another thread and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MailboxBenchmark {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private final Handover work = new Handover();
  private final Handover answer = new Handover();
  private final ReadyQueue ready = new ReadyQueue();
  private final Term term = new Term(new Fence(0, new WorkerId("w"), 1), new Handover(), 1_000);
  private final Arrival arrival = arrival();
  private @Nullable Thread partner;

  /** Starts the other thread. */
  @Setup
  public void start() {
    Thread t = new Thread(this::serve, "partner");
    t.setDaemon(true);
    t.start();
    partner = t;
  }

  /** Ends it. */
  @TearDown
  public void stop() {
    Objects.requireNonNull(partner).interrupt();
  }

  /**
   * Offered, taken and done by one thread.
   *
   * @return what was taken
   */
  @Benchmark
  public List<Arrival> sameThread() {
    Mailbox box = Objects.requireNonNull(term.offer(arrival, 0).begun());
    return turn(box);
  }

  /**
   * Offered by one thread, taken and done by another, which answers.
   *
   * @return always true
   */
  @Benchmark
  public boolean thereAndBack() {
    ready.add(Objects.requireNonNull(term.offer(arrival, 0).begun()));
    work.raise();
    return answer.await(Signal.FOREVER);
  }

  private void serve() {
    while (work.await(Signal.FOREVER)) {
      Mailbox box = ready.poll();
      if (box != null) {
        turn(box);
        answer.raise();
      }
    }
  }

  private List<Arrival> turn(Mailbox box) {
    List<Arrival> taken = term.take(box, 100);
    term.done(box, List.of(), 0, false, 0);
    return taken;
  }

  private static Arrival arrival() {
    Message message =
        new Message(
            new Address(new InstanceId("i"), null),
            null,
            HistoryEvent.of(
                AT,
                MessageId.derived("mailbox"),
                new EventBody.EventRaised("e", new Payload("1"))));
    Delivery delivery =
        new Delivery(message, QueueId.control(new InstanceId("i"), 1), 1, 1, 0, null);
    return new Arrival(message, new Held(delivery, Signal.FOREVER), false, 0);
  }
}
