package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.format.Filters;
import io.durable4j.azurestorage.format.Keys;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.format.ShownRow.Mark;
import io.durable4j.azurestorage.format.StateText;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.spi.InstanceQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads for clients: from the rows that instances have of their own, one read for many. A row that
 * should have been written anew since, by an instance that lives, may tell of a crash between the
 * history and itself: the sentinel is asked, for so many rows of a page, and the row repaired.
 */
final class TableQueries implements InstanceQueries {
  /** How many rows of a page are compared with their sentinels. */
  private static final int CHECKS = 32;

  /** How many times the service is asked for one page. */
  private static final int CALLS = 10;

  private static final int MAX_PAGE = 1000;

  private final HubParts parts;
  private final TableInstances instances;
  private final InstanceReader reader;
  private final HistoryPages pages;
  private final SetAside aside;

  TableQueries(HubParts parts, TableInstances instances, SetAside aside) {
    this.parts = parts;
    this.instances = instances;
    this.aside = aside;
    reader = instances.reader();
    pages = new HistoryPages(parts, reader);
  }

  @Override
  public Optional<InstanceState> get(InstanceId instance) {
    Found row = reader.row(instance);
    return row == null ? Optional.empty() : Optional.ofNullable(state(row, new Budget(1)));
  }

  /** How many sentinels may still be asked. */
  private static final class Budget {
    private int left;

    Budget(int left) {
      this.left = left;
    }

    boolean take() {
      return left-- > 0;
    }
  }

  private @Nullable InstanceState state(Found row, Budget budget) {
    ShownRow shown = ShownRow.of(row.row());
    InstanceId id = new InstanceId(Keys.unescape(row.row().partitionKey()));
    boolean undecided = shown.mark() == Mark.BIRTH || shown.mark() == Mark.AGAIN;
    boolean old =
        !shown.isEnded()
            && shown.updatedAt().plus(parts.options().statusEvery()).isBefore(parts.now());
    if (undecided || (old && budget.take() && isBehind(id, shown))) {
      InstanceReader.Loaded now = instances.loadShown(id);
      return now.state();
    }
    return reader.stateNow(row);
  }

  private boolean isBehind(InstanceId id, ShownRow shown) {
    Head head = reader.head(id);
    if (head == null || head.isWithoutState()) {
      return head != null && head.isPurged();
    }
    String text = head.state();
    return text == null
        ? !head.sentinel().execution().equals(shown.execution())
        : shown.isBehind(StateText.read(text, null, null), parts.options().statusEvery());
  }

  @Override
  public Page<InstanceState> find(InstanceFilter filter, @Nullable Token token, int max) {
    String hub = parts.names().sharesTables() ? parts.names().hub().name() : null;
    String condition = Filters.of(filter, hub);
    List<InstanceState> found = new ArrayList<>();
    Budget budget = new Budget(CHECKS);
    String next = token == null ? null : token.value();
    int calls = 0;
    do {
      int wanted = Math.min(MAX_PAGE, max - found.size());
      Tables.Page page =
          parts
              .account()
              .tables()
              .find(
                  parts.names().instancesTable(),
                  new Tables.Find(condition, List.of(), wanted),
                  next);
      for (Found row : page.rows()) {
        InstanceState state = state(row, budget);
        if (state != null && filter.matches(state)) {
          found.add(state);
        }
      }
      next = page.next();
    } while (next != null && found.size() < max && ++calls < CALLS);
    return new Page<>(found, next == null ? null : new Token(next));
  }

  @Override
  public Page<HistoryEvent> history(
      InstanceId instance, @Nullable ExecutionId execution, @Nullable Token token) {
    return pages.history(instance, execution, token);
  }

  @Override
  public Page<Quarantined> quarantined(@Nullable Token token) {
    return aside.quarantined(token);
  }

  @Override
  public boolean requeue(MessageId message) {
    return aside.requeue(message);
  }

  @Override
  public boolean drop(MessageId message) {
    return aside.drop(message);
  }
}
