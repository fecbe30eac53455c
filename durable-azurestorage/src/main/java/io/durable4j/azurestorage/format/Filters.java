package io.durable4j.azurestorage.format;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the tables, in their own language. A filter never leaves out what matches, and
 * lets some through that does not: who asks looks at each state once more ({@link
 * InstanceFilter#matches}). Pages and tokens are the service's own.
 */
public final class Filters {
  /** How many comparisons the service takes. */
  private static final int MAX_COMPARISONS = 15;

  private static final String KEY = "PartitionKey";

  private Filters() {}

  /**
   * The instances of a filter.
   *
   * @param filter the filter
   * @param hub the name of the hub, where the table may hold others'; else null
   * @return the condition; empty for none
   */
  public static String of(InstanceFilter filter, @Nullable String hub) {
    Conditions all = new Conditions(new ArrayList<>(), hub == null ? 0 : 1);
    time(all, InstanceRows.CREATED, filter.createdFrom(), filter.createdTo());
    Set<OrchestrationStatus> statuses = filter.statuses();
    if (!statuses.isEmpty() && statuses.size() < OrchestrationStatus.values().length) {
      all.add(
          statuses.size(),
          EnumSet.copyOf(statuses).stream()
              .map(s -> InstanceRows.STATUS + " eq " + quoted(Family.nameOf(s)))
              .collect(Collectors.joining(" or ")));
    }
    if (hub != null) {
      all.add(0, InstanceRows.HUB + " eq " + quoted(hub));
    }
    String prefix = filter.prefix();
    if (prefix != null && !prefix.isEmpty()) {
      prefix(all, Keys.escape(prefix));
    }
    Boolean entities = filter.entities();
    if (entities != null) {
      all.add(
          2,
          entities
              ? KEY + " ge '@' and " + KEY + " lt 'A'"
              : KEY + " lt '@' or " + KEY + " ge 'A'");
    }
    InstanceId parent = filter.parent();
    if (parent != null) {
      all.add(1, Extras.PARENT + " eq " + quoted(parent.value()));
    }
    if (Boolean.TRUE.equals(filter.parked())) {
      all.add(1, Extras.PARKED + " eq true");
    }
    time(all, InstanceRows.UPDATED, filter.modifiedFrom(), filter.modifiedTo());
    return all.text();
  }

  /**
   * One instance.
   *
   * @param id its id; also one that no instance can have
   * @return the condition
   */
  public static String instance(String id) {
    return partition(Keys.escape(id));
  }

  /**
   * The rows of one partition key.
   *
   * @param key the key, as it stands in rows
   * @return the condition
   */
  public static String partition(String key) {
    return KEY + " eq " + quoted(key);
  }

  /**
   * A history.
   *
   * @param instance whose
   * @param execution of which execution; null for all that is there
   * @return the condition; the sentinel meets it too
   */
  public static String history(InstanceId instance, @Nullable ExecutionId execution) {
    String key = instance(instance.value());
    return execution == null
        ? key
        : key
            + " and (RowKey eq "
            + quoted(Sentinel.ROW_KEY)
            + " or "
            + RowEvent.EXECUTION_ID
            + " eq "
            + quoted(execution.value())
            + ")";
  }

  /**
   * What stands in a history from a place on.
   *
   * @param instance whose
   * @param ordinal the place, from 0
   * @return the condition; the sentinel meets it too
   */
  public static String historyFrom(InstanceId instance, long ordinal) {
    return instance(instance.value()) + " and RowKey ge " + quoted(HistoryRows.rowKey(ordinal));
  }

  private static void time(
      Conditions all, String column, @Nullable Instant from, @Nullable Instant to) {
    if (from != null) {
      all.add(1, column + " ge datetime'" + Times.inFilter(from) + "'");
    }
    if (to != null) {
      all.add(1, column + " le datetime'" + Times.inFilter(to) + "'");
    }
  }

  /** Keys from the prefix on, and before the next prefix of its length. */
  private static void prefix(Conditions all, String prefix) {
    all.add(1, KEY + " ge " + quoted(prefix));
    int last = prefix.codePointBefore(prefix.length());
    int next = last + 1;
    if (next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE) {
      next = Character.MAX_SURROGATE + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      String same = prefix.substring(0, prefix.length() - Character.charCount(last));
      all.add(1, KEY + " lt " + quoted(same + Character.toString(next)));
    }
  }

  /** A text within a condition. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static final class Conditions {
    private final List<String> texts;
    private int comparisons;

    Conditions(List<String> texts, int comparisons) {
      this.texts = texts;
      this.comparisons = comparisons;
    }

    /** The last ones are left out when there are too many for the service. */
    void add(int count, String text) {
      if (comparisons + count <= MAX_COMPARISONS) {
        comparisons += count;
        texts.add(text);
      }
    }

    String text() {
      return texts.size() == 1
          ? texts.get(0)
          : texts.stream().map(t -> "(" + t + ")").collect(Collectors.joining(" and "));
    }
  }
}
