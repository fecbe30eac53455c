package io.durable4j.inmemory.testing;

import io.durable4j.client.DurableClient;
import io.durable4j.data.DurableException;
import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.controlled.Carriers;
import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.Drivable;
import io.durable4j.internal.controlled.OpenDrive;
import io.durable4j.internal.verify.Served;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host in memory for one test, with a clock that jumps. Its orchestrators, activities and
 * entities run one at a time, and only while the test waits: for a result, in {@link #runUntilIdle}
 * or in {@link TestClock#advance}. The same seed gives the same run. For the thread that made it;
 * others get an error.
 *
 * <p>Closing replays each instance once more, and throws an AssertionError when the code decides
 * otherwise than it did.
 */
public final class DurableTest implements AutoCloseable {
  /**
   * How far the store's clock is ahead. The clock of an instance ticks with each generation that it
   * continues as; what it sends shall be visible at once, although time stands still meanwhile.
   */
  private static final Duration LEAD = Duration.ofNanos(100_000);

  private final Carriers carriers;
  private final OpenDrive drive;
  private final InMemoryBackend backend;
  private final TestClock clock;
  private final EventLog events;
  private final TestOptions options;
  private @Nullable Served code;
  private @Nullable DurableHost host;
  private boolean closed;

  private DurableTest(TestOptions options) {
    this.options = options;
    this.carriers = Carriers.create();
    this.drive =
        OpenDrive.open(
            carriers,
            new OpenDrive.Plan(
                Chooser.seeded(options.seed()),
                options.seed(),
                options.start(),
                options.paused(),
                options.mostSteps(),
                options.busy(),
                options.silence(),
                this::stopped));
    InstantSource time = drive.clock();
    this.backend = InMemoryBackend.create(() -> time.instant().plus(LEAD));
    this.clock = new TestClock(drive);
    this.events = new EventLog(drive::isTakingPart);
  }

  /**
   * Starts a host for a test.
   *
   * @param host registers what the test needs
   * @return the test, to be closed by the same thread
   */
  public static DurableTest with(Consumer<? super DurableHost.Builder> host) {
    return with(TestOptions.DEFAULT, host);
  }

  /**
   * Starts a host for a test.
   *
   * @param options how it runs
   * @param host registers what the test needs; its settings go before those of a test
   * @return the test, to be closed by the same thread
   */
  public static DurableTest with(TestOptions options, Consumer<? super DurableHost.Builder> host) {
    DurableTest test = new DurableTest(options);
    try {
      test.start(host);
      return test;
    } catch (Throwable e) {
      test.end();
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // each builder is one
  private void start(Consumer<? super DurableHost.Builder> registered) {
    DurableHost.Builder builder = DurableHost.on(backend);
    TestSettings.of(options).forEach(builder::set);
    registered.accept(builder);
    code = (Served) builder;
    host = ((Drivable<DurableHost, DurableClient>) builder).startOn(drive.drive(), events);
  }

  /**
   * The client of the host.
   *
   * @return a client for the test's thread and for activities
   */
  public DurableClient client() {
    return host().client();
  }

  /**
   * The host.
   *
   * @return the host; the test closes it
   */
  public DurableHost host() {
    DurableHost h = host;
    if (h == null || closed) {
      throw new DurableException("The test environment is closed");
    }
    return h;
  }

  /**
   * The clock of the host and of its storage.
   *
   * @return the clock
   */
  public TestClock clock() {
    return clock;
  }

  /** Lets everything run until nothing can, without moving the clock. */
  public void runUntilIdle() {
    drive.runUntilIdle();
  }

  /**
   * Where each instance is that has not ended: what it waits for and since when, what it got.
   *
   * @return some lines for each; empty when all have ended
   */
  public String explain() {
    return Unfinished.of(client());
  }

  private Error stopped(String why) {
    StringBuilder text = new StringBuilder(why).append('.');
    if (host != null) {
      String unfinished = explain();
      text.append(unfinished.isEmpty() ? "\nEvery instance has ended." : "\n" + unfinished);
    }
    drive.busy().forEach(line -> text.append('\n').append(line));
    return new TestStoppedError(text.toString());
  }

  /**
   * Replays each instance once more, and ends the host with whatever still runs.
   *
   * @throws AssertionError when code does not decide again as it did, when the engine failed, or
   *     when a thread did not end
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    List<String> problems = new ArrayList<>();
    try {
      if (options.lastReplay() && code != null) {
        problems.addAll(LastReplay.of(code, client()));
      }
    } finally {
      problems.addAll(end());
      problems.addAll(events.faults());
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems));
    }
  }

  /** Ends everything, and says what went wrong. */
  private List<String> end() {
    List<String> problems = new ArrayList<>();
    try {
      if (host != null) {
        host.close(Duration.ZERO);
      }
    } catch (TestStoppedError e) {
      problems.add(String.valueOf(e.getMessage()));
    } finally {
      closed = true;
      drive.end().forEach(t -> problems.add("A thread does not end, and is left behind: " + t));
      drive.failures().forEach(e -> problems.add("A thread of the host failed: " + e));
      backend.close();
      carriers.close();
    }
    return problems;
  }
}
