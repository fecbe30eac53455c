package io.durable4j.inmemory.testing;

import io.durable4j.internal.controlled.OpenDrive;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The clock of a test. It stands still while any code runs. When the test waits and nothing can run
 * any more, it jumps to whatever is due next; a paused one goes on only by {@link #advance} and
 * {@link #advanceTo}, until {@link #resume}. For the test's thread; {@link #instant} also for
 * activities.
 */
public final class TestClock implements InstantSource {
  private final OpenDrive drive;

  TestClock(OpenDrive drive) {
    this.drive = drive;
  }

  /**
   * The clock went on at once.
   *
   * @param from what it showed
   * @param to what it showed then
   * @param due which threads waited for that time, or which call asked for it
   */
  public record Jump(Instant from, Instant to, List<String> due) {
    /** Copies the list. */
    public Jump {
      due = List.copyOf(due);
    }

    /**
     * How far it went.
     *
     * @return the time between
     */
    public Duration length() {
      return Duration.between(from, to);
    }

    @Override
    public String toString() {
      return from + " -> " + to + " (" + length() + ") for " + String.join(", ", due);
    }
  }

  /**
   * What it shows.
   *
   * @return the time, which only jumps
   */
  public Instant now() {
    return drive.clock().instant();
  }

  @Override
  public Instant instant() {
    return now();
  }

  /**
   * Moves the clock, paused or not, and lets everything run that becomes due on the way, each at
   * its time. Zero only lets run what can. Whether the clock is paused stays as it is.
   *
   * @param time how far
   * @throws IllegalArgumentException when that is negative
   */
  public void advance(Duration time) {
    drive.advanceTo(now().plus(time), "advance(" + time + ")");
  }

  /**
   * The same to a time.
   *
   * @param time where to
   * @throws IllegalArgumentException when that lies in the past
   */
  public void advanceTo(Instant time) {
    drive.advanceTo(time, "advanceTo(" + time + ")");
  }

  /** Lets the clock stand still, until it is moved; it does not go on by itself again. */
  public void pause() {
    drive.pause(true);
  }

  /** Lets the clock jump by itself again. */
  public void resume() {
    drive.pause(false);
  }

  /**
   * Whether it goes on only when it is moved.
   *
   * @return true while it is paused
   */
  public boolean isPaused() {
    return drive.isPaused();
  }

  /**
   * How it went on so far, by itself and by calls.
   *
   * @return the jumps, in order
   */
  public List<Jump> jumps() {
    return drive.jumps().stream().map(j -> new Jump(j.from(), j.to(), j.due())).toList();
  }

  /**
   * For how many whole seconds of real time the test waited while nothing moved: an activity that
   * really blocks.
   *
   * @return 0 when nothing waited in real time
   */
  public long realSeconds() {
    return drive.stalledSeconds();
  }

  @Override
  public String toString() {
    return now() + (isPaused() ? ", paused" : "");
  }
}
