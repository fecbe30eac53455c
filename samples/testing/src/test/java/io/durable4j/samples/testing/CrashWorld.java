package io.durable4j.samples.testing;

import io.durable4j.inmemory.testing.crash.Probe;
import java.util.Map;
import java.util.TreeMap;

/** What is outside of an order: a bank, a carrier, a mail server. It outlives every crash. */
final class CrashWorld {
  private final Probe probe;
  private final Map<String, Long> paid = new TreeMap<>();
  private final Map<String, Integer> fetched = new TreeMap<>();
  private int charges;

  CrashWorld(Probe probe) {
    this.probe = probe;
  }

  /** A bank that charges once for a key. */
  Payments bank() {
    return new Payments() {
      @Override
      public String charge(String key, String card, long cents) {
        if (!paid.containsKey(key)) {
          take(key, cents);
        }
        return "b-" + key;
      }

      @Override
      public void refund(String key) {
        if (paid.remove(key) != null) {
          probe.effect("refund", key);
        }
      }
    };
  }

  /** A bank that charges whenever it is asked. */
  Payments greedyBank() {
    Payments bank = bank();
    return new Payments() {
      @Override
      public String charge(String key, String card, long cents) {
        take(key, cents);
        return "b-" + key;
      }

      @Override
      public void refund(String key) {
        bank.refund(key);
      }
    };
  }

  private void take(String key, long cents) {
    charges++;
    paid.merge(key, cents, Long::sum);
    probe.effect("charge", key);
  }

  /** A carrier that comes once for an order. */
  Shipping carrier() {
    return (order, parcels) -> {
      if (fetched.putIfAbsent(order, parcels) == null) {
        probe.effect("fetch", order);
      }
      return "p-" + order + "/" + fetched.get(order);
    };
  }

  void mail(String text) {
    probe.effect("mail", text);
  }

  int charges() {
    return charges;
  }

  boolean shipsOnlyWhatIsPaid() {
    return paid.keySet().containsAll(fetched.keySet());
  }

  @Override
  public String toString() {
    return "paid " + paid + ", fetched " + fetched;
  }
}
