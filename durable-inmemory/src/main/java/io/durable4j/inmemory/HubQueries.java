package io.durable4j.inmemory;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.message.Codec;
import io.durable4j.spi.InstanceQueries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reads for clients as the SPI shows them. */
final class HubQueries implements InstanceQueries {
  private static final int HISTORY_PAGE = 1000;
  private static final int QUARANTINE_PAGE = 100;
  private static final int SCAN = 256;

  private final OpenHub hub;

  HubQueries(OpenHub hub) {
    this.hub = hub;
  }

  @Override
  public Optional<InstanceState> get(InstanceId instance) {
    return hub.transact(tx -> Optional.ofNullable(tx.instance(instance))).map(InstanceRow::state);
  }

  @Override
  public Page<InstanceState> find(InstanceFilter filter, @Nullable Token token, int max) {
    if (max < 1) {
      throw new IllegalArgumentException("A page has at least one item, not " + max);
    }
    InstanceId cursor = token == null ? null : new InstanceId(token.value());
    List<InstanceState> found = new ArrayList<>();
    List<InstanceState> scanned;
    do {
      scanned = scan(filter, cursor);
      for (InstanceState s : scanned) {
        cursor = s.id();
        if (filter.matches(s)) {
          if (found.size() == max) {
            return new Page<>(found, new Token(found.get(max - 1).id().value()));
          }
          found.add(s);
        }
      }
    } while (!scanned.isEmpty());
    return new Page<>(found, null);
  }

  /** The next states by id; decoded outside the lock. */
  private List<InstanceState> scan(InstanceFilter filter, @Nullable InstanceId after) {
    List<InstanceRow> rows =
        hub.transact(
            tx -> {
              tx.dependsOn(tx.state().untied());
              List<InstanceRow> next = tx.state().instances().next(filter.prefix(), after, SCAN);
              next.forEach(row -> tx.dependsOn(row.position()));
              return next;
            });
    return rows.stream().map(InstanceRow::state).toList();
  }

  @Override
  public Page<HistoryEvent> history(
      InstanceId instance, @Nullable ExecutionId execution, @Nullable Token token) {
    Optional<InstanceRow> found = hub.transact(tx -> Optional.ofNullable(tx.instance(instance)));
    if (found.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    InstanceRow row = found.get();
    int from = 0;
    if (token != null) {
      // a token belongs to one execution: the next one's history is not the rest of this one's
      int slash = token.value().indexOf('/');
      if (!token.value().substring(slash + 1).equals(row.execution())) {
        return new Page<>(List.of(), null);
      }
      from = Integer.parseInt(token.value().substring(0, slash));
    }
    List<byte[]> events = row.history().events();
    if ((execution != null && !execution.value().equals(row.execution())) || from > events.size()) {
      return new Page<>(List.of(), null);
    }
    int to = Math.min(events.size(), from + HISTORY_PAGE);
    Token next = to == events.size() ? null : new Token(to + "/" + row.execution());
    return new Page<>(events.subList(from, to).stream().map(Codec::event).toList(), next);
  }

  @Override
  public Page<Quarantined> quarantined(@Nullable Token token) {
    List<QuarantineRow> rows =
        hub.transact(
            tx -> {
              tx.dependsOn(tx.state().untied());
              var all = tx.state().quarantined();
              var rest = token == null ? all : all.tailMap(token.value(), false);
              return rest.values().stream().limit(QUARANTINE_PAGE + 1L).toList();
            });
    boolean more = rows.size() > QUARANTINE_PAGE;
    List<QuarantineRow> page = more ? rows.subList(0, QUARANTINE_PAGE) : rows;
    Token next = more ? new Token(page.get(QUARANTINE_PAGE - 1).id().toString()) : null;
    return new Page<>(page.stream().map(QuarantineRow::decode).toList(), next);
  }

  @Override
  public boolean requeue(MessageId message) {
    return hub.transact(
        tx -> {
          tx.dependsOn(tx.state().untied());
          QuarantineRow row = tx.state().quarantined().get(message.toString());
          if (row == null) {
            return false;
          }
          tx.enqueue(
              new Encoded(
                  row.id(), row.name(), row.queue(), tx.now(), null, MessageText.of(row.message())),
              Duration.ZERO);
          tx.change(new Change.RemoveQuarantined(message));
          return true;
        });
  }

  @Override
  public boolean drop(MessageId message) {
    return hub.transact(
        tx -> {
          tx.dependsOn(tx.state().untied());
          boolean there = tx.state().quarantined().containsKey(message.toString());
          if (there) {
            tx.change(new Change.RemoveQuarantined(message));
          }
          return there;
        });
  }
}
