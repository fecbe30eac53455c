package io.durable4j.inmemory.testing.crash;

import io.durable4j.activity.ActivityContext;
import io.durable4j.client.DurableClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The outside world of an order: a payment service, a warehouse, a mail server. */
final class Shop {
  final Probe probe;
  final Map<String, String> charged = new TreeMap<>();
  final Map<String, String> shipped = new TreeMap<>();
  final List<String> mails = new ArrayList<>();
  @Nullable DurableClient client;

  Shop(Probe probe) {
    this.probe = probe;
  }

  /** What an order asks of the world. */
  interface Work {
    String charge(String order);

    String ship(String order);
  }

  /** Does each once for a key. */
  Work careful() {
    return new Work() {
      @Override
      public String charge(String order) {
        return charged.computeIfAbsent(key(), k -> done("charge", order));
      }

      @Override
      public String ship(String order) {
        return shipped.computeIfAbsent(key(), k -> done("ship", order));
      }
    };
  }

  /** Charges whenever it is asked. */
  Work careless() {
    Work careful = careful();
    return new Work() {
      @Override
      public String charge(String order) {
        charged.put("charge " + charged.size(), order);
        return done("charge", order);
      }

      @Override
      public String ship(String order) {
        return careful.ship(order);
      }
    };
  }

  void mail(String text) {
    mails.add(text);
    probe.effect("mail", text);
  }

  private String done(String what, String order) {
    probe.effect(what, order);
    return what + " of " + order;
  }

  private static String key() {
    return ActivityContext.current().idempotencyKey();
  }

  @Override
  public String toString() {
    return charged.size() + " charged, " + shipped.size() + " shipped, " + mails.size() + " mails";
  }
}
