package io.durable4j.host;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks storage for health, on a thread of its own, so that a storage that hangs holds one thread
 * and nobody who asks. One question is under way at a time; who comes meanwhile shares its answer.
 */
final class HealthProbe {
  private static final int COUNTED = 1_000;

  private final Drive drive;
  private final TaskHub hub;
  private final HealthWatch watch;
  private final Duration limit;
  private @Nullable Question asked;

  /**
   * What storage said.
   *
   * @param oldestQueued how long the oldest visible message waits
   * @param quarantined how many messages are set aside
   */
  record Answer(Duration oldestQueued, int quarantined) {}

  HealthProbe(Drive drive, TaskHub hub, HealthWatch watch, Duration limit) {
    this.drive = drive;
    this.hub = hub;
    this.watch = watch;
    this.limit = limit;
  }

  /** The answer; null when there is none in time, or storage failed. Notes which. */
  @Nullable Answer ask(List<Integer> owned) {
    Question mine = new Question(owned, drive.signal(), drive.nanos());
    Question shared;
    synchronized (this) {
      asked = asked == null || asked.ended ? mine : asked;
      shared = asked;
    }
    if (shared == mine) {
      start(mine);
    }
    shared.await();
    if (!shared.ended) {
      watch.failed("looking at the health of storage: no answer within " + limit);
    }
    return shared.answer;
  }

  private void start(Question question) {
    try {
      drive.work("health", question);
    } catch (RuntimeException e) { // the host closes just now
      question.failed(e);
    }
  }

  /** One question to storage. */
  private final class Question implements Runnable {
    private final List<Integer> owned;
    private final Signal done;
    private final long until;
    private volatile @Nullable Answer answer;
    private volatile boolean ended;

    Question(List<Integer> owned, Signal done, long begun) {
      this.owned = owned;
      this.done = done;
      this.until = begun + limit.toNanos();
    }

    @Override
    public void run() {
      try {
        answer = new Answer(oldestQueued(), quarantined());
        watch.answered();
      } catch (RuntimeException e) {
        failed(e);
      } finally {
        ended = true;
        done.raise();
      }
    }

    void failed(RuntimeException e) {
      watch.failed("looking at the health of storage: " + e);
      ended = true;
    }

    /** A signal wakes one; who wakes passes it on. */
    void await() {
      boolean woken = true;
      while (!ended && woken) {
        woken = done.await(until);
      }
      done.raise();
    }

    private Duration oldestQueued() {
      Duration oldest = hub.messages().stats(QueueId.activity(0)).oldestAge();
      for (int partition : owned) {
        QueueId queue = new QueueId(QueueId.Kind.CONTROL, partition);
        Duration age = hub.messages().stats(queue).oldestAge();
        oldest = age.compareTo(oldest) > 0 ? age : oldest;
      }
      return oldest;
    }

    private int quarantined() {
      int count = 0;
      InstanceQueries.Token token = null;
      do {
        var page = hub.queries().quarantined(token);
        count += page.items().size();
        token = page.next();
      } while (token != null && count < COUNTED);
      return Math.min(count, COUNTED);
    }
  }
}
