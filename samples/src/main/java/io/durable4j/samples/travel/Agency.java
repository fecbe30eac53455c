package io.durable4j.samples.travel;

import io.durable4j.activity.NonRetriableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands for the services of others: some are sold out, some fail at first, some for good. */
final class Agency implements Booking {
  private final Set<String> soldOut;
  private final Set<String> stuck;
  private final @Nullable String flaky;
  private final List<String> log = new ArrayList<>();
  private int failures;

  /**
   * @param soldOut what cannot be booked
   * @param stuck what cannot be cancelled
   * @param flaky what can be cancelled at the third attempt only
   */
  Agency(Set<String> soldOut, Set<String> stuck, @Nullable String flaky) {
    this.soldOut = soldOut;
    this.stuck = stuck;
    this.flaky = flaky;
  }

  @Override
  public synchronized String book(String what, String trip) throws SoldOut {
    if (soldOut.contains(what)) {
      throw new SoldOut("no " + what + " left");
    }
    log.add("booked " + what);
    return what + " of " + trip;
  }

  @Override
  public synchronized void cancel(String what, String trip) {
    if (stuck.contains(what)) {
      throw new NonRetriableException("nobody answers at the " + what);
    }
    if (what.equals(flaky) && ++failures < 3) {
      throw new IllegalStateException("try again");
    }
    log.add("cancelled " + what);
  }

  /** What took effect, in order. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }
}
