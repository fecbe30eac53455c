package io.durable4j.inmemory.testing.crash;

import io.durable4j.internal.drive.Signal;
import io.durable4j.spi.Delivery;
import java.util.ArrayList;
import java.util.List;

/** An arrival that is held back until another was recorded. */
final class Hold {
  private final Arrival held;
  private final Arrival until;
  private final Signal signal;
  private final List<Delivery> kept = new ArrayList<>();
  private boolean begun;
  private boolean over;
  private boolean fulfilled;

  Hold(Arrival held, Arrival until, Signal signal) {
    this.held = held;
    this.until = until;
    this.signal = signal;
  }

  /** Whether an arrival stays away: it, and what its sender sent after it under its name. */
  boolean takes(String key) {
    return !over && (key.equals(held.key()) || (begun && isOneOf(key, nameOf(held.key()))));
  }

  private static boolean isOneOf(String key, String name) {
    return !name.isEmpty() && nameOf(key).equals(name);
  }

  private static String nameOf(String key) {
    int hash = key.lastIndexOf('#');
    return hash < 0 ? "" : key.substring(0, hash);
  }

  boolean isHeld(String key) {
    return !over && key.equals(held.key());
  }

  /** Whether this is the first that is held back. */
  boolean begins() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  void keep(Delivery delivery) {
    kept.add(delivery);
  }

  void recorded(String key) {
    if (begun && !over && key.equals(until.key())) {
      over = true;
      fulfilled = true;
      signal.raise();
    }
  }

  /** Waits until the other was recorded, or time is up. */
  void await(long untilNanos) {
    if (!over) {
      boolean unused = signal.await(untilNanos);
    }
    over = true;
  }

  List<Delivery> kept() {
    return kept;
  }

  boolean isPending() {
    return begun && !over;
  }

  boolean isFulfilled() {
    return fulfilled;
  }

  @Override
  public String toString() {
    return held.label() + " until " + until.label();
  }
}
