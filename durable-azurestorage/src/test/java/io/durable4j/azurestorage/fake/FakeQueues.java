package io.durable4j.azurestorage.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.account.Queues;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Queues in memory. */
final class FakeQueues implements Queues {
  private static final int MAX_BYTES = 64 * 1024;
  private static final long MAX_HIDDEN = Duration.ofDays(7).toSeconds();

  private final FakeAccount account;
  private final Map<String, Map<String, Kept>> queues = new LinkedHashMap<>();
  private long ids;

  FakeQueues(FakeAccount account) {
    this.account = account;
  }

  /** A message. */
  private static final class Kept {
    final String id;
    final Instant insertedAt;
    String text;
    String pop;
    Instant visibleAt;
    long dequeues;

    Kept(String id, String text, Instant insertedAt, String pop, Instant visibleAt) {
      this.id = id;
      this.text = text;
      this.insertedAt = insertedAt;
      this.pop = pop;
      this.visibleAt = visibleAt;
    }

    Receipt receipt() {
      return new Receipt(id, pop);
    }
  }

  private Instant now() {
    return account.clock().instant();
  }

  private String next(String of) {
    return of + ++ids;
  }

  private Map<String, Kept> messages(String queue) {
    Map<String, Kept> messages = queues.get(queue);
    if (messages == null) {
      throw new AccountException(Reason.MISSING, "Queue " + queue + " is not there", null);
    }
    return messages;
  }

  private Instant hiddenUntil(Duration hidden, long least) {
    long seconds = hidden.toSeconds();
    if (hidden.getNano() != 0 || seconds < least || seconds > MAX_HIDDEN) {
      throw new AccountException(Reason.REFUSED, "Out of range: visibility " + hidden, null);
    }
    return now().plusSeconds(seconds);
  }

  @Override
  public boolean create(String queue) {
    return account.call(
        "queues.create", () -> queues.putIfAbsent(queue, new LinkedHashMap<>()) == null);
  }

  @Override
  public boolean delete(String queue) {
    return account.call("queues.deleteQueue", () -> queues.remove(queue) != null);
  }

  private static void checkSize(String text) {
    if (text.getBytes(UTF_8).length > MAX_BYTES) {
      throw new AccountException(Reason.TOO_LARGE, "Message over 64 KiB", null);
    }
  }

  @Override
  public Receipt send(String queue, String text, Duration hidden) {
    checkSize(text);
    return account.call(
        "queues.send",
        () -> {
          Instant inserted = now().truncatedTo(ChronoUnit.SECONDS);
          Kept m = new Kept(next("m"), text, inserted, next("p"), hiddenUntil(hidden, 0));
          messages(queue).put(m.id, m);
          return m.receipt();
        });
  }

  @Override
  public List<Item> receive(String queue, int max, Duration hidden) {
    if (max < 1 || max > MAX_RECEIVED) {
      throw new AccountException(Reason.REFUSED, "Out of range: " + max + " messages", null);
    }
    return account.call(
        "queues.receive",
        () -> {
          Instant until = hiddenUntil(hidden, 1);
          List<Item> items = new ArrayList<>();
          for (Kept m : messages(queue).values()) {
            if (items.size() < max && !m.visibleAt.isAfter(now())) {
              m.visibleAt = until;
              m.pop = next("p");
              m.dequeues++;
              items.add(new Item(m.receipt(), m.text, m.insertedAt, m.dequeues));
            }
          }
          return items;
        });
  }

  private @Nullable Kept held(String queue, Receipt receipt) {
    Kept m = messages(queue).get(receipt.id());
    return m == null || !m.pop.equals(receipt.pop()) ? null : m;
  }

  @Override
  public @Nullable Receipt renew(String queue, Receipt receipt, Duration hidden) {
    return update("queues.renew", queue, receipt, null, hidden);
  }

  @Override
  public @Nullable Receipt rewrite(String queue, Receipt receipt, String text, Duration hidden) {
    checkSize(text);
    return update("queues.rewrite", queue, receipt, text, hidden);
  }

  private @Nullable Receipt update(
      String call, String queue, Receipt receipt, @Nullable String text, Duration hidden) {
    List<Receipt> renewed =
        account.call(
            call,
            () -> {
              Kept m = held(queue, receipt);
              if (m == null) {
                return List.of();
              }
              m.visibleAt = hiddenUntil(hidden, 0);
              m.pop = next("p");
              if (text != null) {
                m.text = text;
              }
              return List.of(m.receipt());
            });
    return renewed.isEmpty() ? null : renewed.get(0);
  }

  @Override
  public boolean delete(String queue, Receipt receipt) {
    return account.call(
        "queues.delete",
        () -> {
          Kept m = held(queue, receipt);
          return m != null && messages(queue).remove(m.id) != null;
        });
  }

  @Override
  public Look look(String queue) {
    return account.call(
        "queues.look",
        () -> {
          Map<String, Kept> messages = messages(queue);
          Instant oldest =
              messages.values().stream()
                  .filter(m -> !m.visibleAt.isAfter(now()))
                  .map(m -> Objects.requireNonNull(m.insertedAt))
                  .findFirst()
                  .orElse(null);
          return new Look(messages.size(), oldest);
        });
  }
}
