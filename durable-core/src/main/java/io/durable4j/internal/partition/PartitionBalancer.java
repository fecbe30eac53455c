package io.durable4j.internal.partition;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.spi.Fence;
import io.durable4j.spi.Messages;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.PartitionTable;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keeps this worker's share of the partitions: looks at the table, writes what the pass planned,
 * and lets a pump read exactly the queues whose stored row says that they are ours and not
 * draining.
 */
public final class PartitionBalancer {
  private static final Duration REQUEST = Duration.ofSeconds(2);
  private static final long HURRY = 1_000_000_000L;

  private final Drive drive;
  private final WorkerId me;
  private final PartitionTable table;
  private final Messages messages;
  private final PartitionSettings settings;
  private final Terms terms;
  private final Outlet outlet;
  private final Observer observer;
  private final Signal signal;
  private final Map<Integer, ControlQueuePump> pumps = new ConcurrentSkipListMap<>();
  private final Offers offers;
  private final boolean claims;
  private volatile boolean leaving;
  private volatile boolean abandoned;

  /**
   * What the balancer works with.
   *
   * @param drive time and threads
   * @param me this worker
   * @param table the partitions
   * @param messages their queues
   * @param settings how they are held
   * @param terms where ownerships are entered
   * @param claims whether this worker takes partitions: not one that knows no orchestrator, since
   *     the instances of its partitions could not go on
   * @param observer hears of failures
   */
  public record Parts(
      Drive drive,
      WorkerId me,
      PartitionTable table,
      Messages messages,
      PartitionSettings settings,
      Terms terms,
      boolean claims,
      Observer observer) {}

  /**
   * Creates a balancer that owns nothing yet.
   *
   * @param parts what it works with
   * @param outlet where pumps hand things to
   */
  public PartitionBalancer(Parts parts, Outlet outlet) {
    this.drive = parts.drive;
    this.me = parts.me;
    this.table = parts.table;
    this.messages = parts.messages;
    this.settings = parts.settings;
    this.terms = parts.terms;
    this.claims = parts.claims;
    this.observer = parts.observer;
    this.outlet = outlet;
    this.signal = drive.signal();
    this.offers = new Offers(me, settings.interval(), observer);
  }

  /**
   * A control queue may have something.
   *
   * @param queue the queue
   */
  public void ready(QueueId queue) {
    ControlQueuePump pump = pumps.get(queue.shard());
    if (pump != null) {
      pump.look();
    }
  }

  /** Begins to give everything back; {@link #run} ends when it is. */
  public void leave() {
    leaving = true;
    pumps.values().forEach(ControlQueuePump::drain);
    signal.raise();
  }

  /** Ends at once; rows that are still ours expire. */
  public void abandon() {
    abandoned = true;
    leave();
    pumps.values().forEach(ControlQueuePump::stop);
  }

  /** Looks at the table until told to leave. */
  public void run() {
    boolean done = false;
    long due = Signal.FOREVER;
    while (!done && !abandoned) {
      long pause = settings.interval().toNanos();
      try {
        long before = drive.nanos();
        PartitionTable.Snapshot seen = table.read();
        boolean hurried = pass(seen, before);
        done = leaving && pumps.isEmpty();
        observer.on(new EngineEvent.StorageAnswered());
        pause = hurried || leaving ? Math.min(HURRY, pause) : pause;
        due = hurried || leaving ? before + pause : nextExpiry(seen);
      } catch (RuntimeException e) {
        observer.on(new EngineEvent.StorageFailed("looking at the partition table", e));
        pause = Math.min(HURRY, pause);
        due = drive.nanos() + pause;
        done = leaving && pumps.values().stream().allMatch(ControlQueuePump::isEnded);
      }
      if (!done && !abandoned) {
        long isDue = due;
        signal.await(drive.nanos() + pause, () -> isDue);
      }
    }
    pumps.values().forEach(ControlQueuePump::stop);
  }

  /** When another worker's ownership ends, unless it is renewed. */
  private long nextExpiry(PartitionTable.Snapshot seen) {
    return seen.rows().stream()
        .filter(row -> row.owner() != null && !me.equals(row.owner()))
        .mapToLong(row -> drive.nanosAt(row.expiresAt()))
        .min()
        .orElse(Signal.FOREVER);
  }

  private boolean pass(PartitionTable.Snapshot seen, long before) {
    for (PartitionRow row : seen.rows()) {
      keepOrStop(row);
    }
    // without a pump too: of a claim whose answer was lost, and which another asks for already
    List<Integer> drained =
        seen.rows().stream().map(PartitionRow::partition).filter(this::isDrained).toList();
    BalancePass.Plan plan =
        BalancePass.plan(
            seen.rows(), me, seen.now(), settings.partitionLease(), leaving || !claims, drained);
    plan = leaving || !claims ? plan : offers.added(plan, seen, foreign(), before);
    boolean hurried = plan.hurried();
    for (BalancePass.Change change : plan.changes()) {
      Optional<PartitionRow> stored = table.replace(change.next(), change.seen().version());
      if (stored.isEmpty()) {
        return true;
      }
      written(stored.get(), seen.now(), before);
    }
    return hurried;
  }

  /** Partitions of ours that brought messages for names which are unknown here. */
  private List<Integer> foreign() {
    return pumps.values().stream()
        .map(ControlQueuePump::term)
        .filter(Term::hasForeign)
        .map(t -> t.fence().partition())
        .toList();
  }

  /**
   * The partitions that this worker owns for sure: an ownership that it could not renew is over.
   *
   * @return their numbers, in order
   */
  public List<Integer> owned() {
    return pumps.entrySet().stream()
        .filter(e -> !e.getValue().isOver())
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isDrained(int partition) {
    ControlQueuePump pump = pumps.get(partition);
    return pump == null || pump.isEnded();
  }

  private void keepOrStop(PartitionRow row) {
    ControlQueuePump pump = pumps.get(row.partition());
    if (pump != null && !(me.equals(row.owner()) && row.epoch() == pump.term().fence().epoch())) {
      forget(pump);
    }
  }

  private void written(PartitionRow row, Instant storeNow, long before) {
    ControlQueuePump pump = pumps.get(row.partition());
    if (!me.equals(row.owner())) {
      if (pump != null) {
        forget(pump);
      }
      return;
    }
    if (row.draining()) {
      if (pump != null) {
        pump.drain();
      }
      return;
    }
    if (pump == null) {
      pump = begin(row);
    }
    long left = Duration.between(storeNow, row.expiresAt()).minus(REQUEST).toNanos();
    pump.readUntil(before + Math.max(0, left));
  }

  private ControlQueuePump begin(PartitionRow row) {
    Signal pumpSignal = drive.signal();
    Term term =
        new Term(new Fence(row.partition(), me, row.epoch()), pumpSignal, settings.prefetch() / 4);
    ControlQueuePump pump =
        new ControlQueuePump(drive, messages, settings, outlet, observer, term, pumpSignal);
    pumps.put(row.partition(), pump);
    terms.put(term);
    observer.on(new EngineEvent.PartitionTaken(row.partition()));
    drive.loop(
        "durable-pump-" + row.partition(),
        () -> {
          pump.run();
          signal.raise();
        });
    return pump;
  }

  private void forget(ControlQueuePump pump) {
    pump.stop();
    terms.remove(pump.term());
    outlet.left(pump.term());
    pumps.remove(pump.term().fence().partition(), pump);
    observer.on(new EngineEvent.PartitionLeft(pump.term().fence().partition()));
  }
}
