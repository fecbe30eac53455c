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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads for clients: from the rows that instances have of their own, one read for many. They are
 * written after the history. Who reads one instance gets what its sentinel knows, unless the row
 * cannot be behind. Of many, a row that should have been written anew since, by an instance that
 * lives, may tell of a crash between the history and itself: the sentinel is asked, for so many
 * rows of a page. A row that is behind is repaired.
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
    return read(instance, shown -> !shown.isEnded());
  }

  @Override
  public Optional<InstanceState> glance(InstanceId instance) {
    return read(instance, this::isOld);
  }

  /**
   * Who marks a row is about to decide what becomes of the instance, and may have sent messages.
   */
  @Override
  public boolean isGone(InstanceId instance) {
    Found row = reader.row(instance);
    if (row == null) {
      return isOver(unshown(instance));
    }
    ShownRow shown = ShownRow.of(row.row());
    return !isUndecided(shown) && isOver(Optional.ofNullable(state(row, shown, !shown.isEnded())));
  }

  private static boolean isOver(Optional<InstanceState> state) {
    return state.map(s -> s.status().isTerminal()).orElse(true);
  }

  private static boolean isUndecided(ShownRow shown) {
    return shown.mark() == Mark.BIRTH || shown.mark() == Mark.AGAIN;
  }

  private Optional<InstanceState> read(InstanceId id, Predicate<ShownRow> doubted) {
    Found row = reader.row(id);
    if (row == null) {
      return unshown(id);
    }
    ShownRow shown = ShownRow.of(row.row());
    return Optional.ofNullable(state(row, shown, doubted.test(shown)));
  }

  /** Where there is no row, there may be a history of which none was written yet. */
  private Optional<InstanceState> unshown(InstanceId id) {
    Head head = reader.head(id);
    return head == null || head.isWithoutState()
        ? Optional.empty()
        : Optional.ofNullable(instances.loadShown(id).state());
  }

  private boolean isOld(ShownRow shown) {
    return !shown.isEnded()
        && shown.updatedAt().plus(parts.options().statusEvery()).isBefore(parts.now());
  }

  /**
   * The sentinel is asked where there is doubt that the row shows the newest. There is none where
   * it tells of an end: what lives again after that marks the row first.
   */
  private @Nullable InstanceState state(Found row, ShownRow shown, boolean doubted) {
    InstanceId id = new InstanceId(Keys.unescape(row.row().partitionKey()));
    if (isUndecided(shown) || (doubted && isBehind(id, shown))) {
      return instances.loadShown(id).state();
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
    int asked = 0;
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
        ShownRow shown = ShownRow.of(row.row());
        boolean doubted = asked < CHECKS && isOld(shown);
        asked += doubted ? 1 : 0;
        InstanceState state = state(row, shown, doubted);
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
