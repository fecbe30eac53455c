package io.durable4j.azurestorage.fake;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.format.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tables in memory. */
final class FakeTables implements Tables {
  private static final int MAX_ROWS = 1000;

  private final FakeAccount account;

  /** By table, its name in lower case; then by both keys. */
  private final Map<String, NavigableMap<Key, Found>> tables = new LinkedHashMap<>();

  private long etags;

  FakeTables(FakeAccount account) {
    this.account = account;
  }

  private record Key(String partitionKey, String rowKey) implements Comparable<Key> {
    static Key of(Row row) {
      return new Key(row.partitionKey(), row.rowKey());
    }

    @Override
    public int compareTo(Key o) {
      int c = partitionKey.compareTo(o.partitionKey);
      return c != 0 ? c : rowKey.compareTo(o.rowKey);
    }
  }

  private static String name(String table) {
    return table.toLowerCase(Locale.ROOT);
  }

  private NavigableMap<Key, Found> rows(String table) {
    NavigableMap<Key, Found> rows = tables.get(name(table));
    if (rows == null) {
      throw new AccountException(Reason.MISSING, "Table " + table + " is not there", null);
    }
    return rows;
  }

  @Override
  public boolean create(String table) {
    return account.call(
        "tables.create", () -> tables.putIfAbsent(name(table), new TreeMap<>()) == null);
  }

  @Override
  public boolean delete(String table) {
    return account.call("tables.deleteTable", () -> tables.remove(name(table)) != null);
  }

  @Override
  public @Nullable Found get(String table, String partitionKey, String rowKey) {
    List<Found> found =
        account.call(
            "tables.get",
            () -> {
              Found row = rows(table).get(new Key(partitionKey, rowKey));
              return row == null ? List.of() : List.of(row);
            });
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public Page find(String table, Find find, @Nullable String token) {
    if (find.max() < 1 || find.max() > MAX_ROWS) {
      throw new AccountException(Reason.REFUSED, "Out of range: " + find.max() + " rows", null);
    }
    Predicate<Row> filter = new FakeFilter(find.filter()).parse();
    return account.call(
        "tables.find",
        () -> {
          List<Found> page = new ArrayList<>();
          for (Found row : rows(table).tailMap(key(token), true).values()) {
            if (filter.test(row.row())) {
              if (page.size() == find.max()) {
                return new Page(page, row.row().partitionKey() + "\n" + row.row().rowKey());
              }
              page.add(new Found(selected(row.row(), find.columns()), row.etag()));
            }
          }
          return new Page(page, null);
        });
  }

  private static Key key(@Nullable String token) {
    if (token == null) {
      return new Key("", "");
    }
    int end = token.indexOf('\n');
    return new Key(token.substring(0, end), token.substring(end + 1));
  }

  private static Row selected(Row row, List<String> columns) {
    if (columns.isEmpty()) {
      return row;
    }
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (String c : columns) {
      Object value = row.columns().get(c);
      if (value != null) {
        chosen.put(c, value);
      }
    }
    return new Row(row.partitionKey(), row.rowKey(), chosen);
  }

  @Override
  public Outcome write(String table, List<Write> writes) {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new AccountException(Reason.REFUSED, "Out of range: " + writes.size(), null);
    }
    Set<Key> keys = new HashSet<>();
    long bytes = 0;
    for (Write w : writes) {
      if (!keys.add(Key.of(w.row()))
          || !w.row().partitionKey().equals(writes.get(0).row().partitionKey())) {
        throw new AccountException(Reason.REFUSED, "Not one transaction: " + keys, null);
      }
      bytes += RowRules.check(w.row());
    }
    if (bytes > RowRules.MAX_TRANSACTION) {
      throw new AccountException(Reason.TOO_LARGE, "Transaction of " + bytes + " bytes", null);
    }
    return account.call("tables.write", () -> apply(rows(table), writes));
  }

  private Outcome apply(NavigableMap<Key, Found> rows, List<Write> writes) {
    Map<Key, Found> after = new LinkedHashMap<>();
    List<String> versions = new ArrayList<>();
    for (Write w : writes) {
      Key key = Key.of(w.row());
      Found there = rows.get(key);
      Kind conflict = conflict(w, there);
      if (conflict != null) {
        return new Outcome.Conflict(conflict);
      }
      String etag = "W/\"" + ++etags + "\"";
      boolean deleted = w instanceof Write.Delete;
      after.put(key, new Found(deleted ? w.row() : next(w, there), deleted ? "" : etag));
      versions.add(deleted ? "" : etag);
    }
    after.forEach(
        (key, row) -> {
          if (row.etag().isEmpty()) {
            rows.remove(key);
          } else {
            rows.put(key, row);
          }
        });
    return new Outcome.Done(versions);
  }

  private static @Nullable Kind conflict(Write w, @Nullable Found there) {
    if (w instanceof Write.Insert) {
      return there == null ? null : Kind.EXISTS;
    }
    String wanted = null;
    if (w instanceof Write.Replace r) {
      wanted = r.etag();
    } else if (w instanceof Write.Merge m) {
      wanted = m.etag();
    } else if (w instanceof Write.Delete d) {
      wanted = d.etag();
    }
    if (wanted == null) {
      return null;
    }
    if (there == null) {
      return Kind.MISSING;
    }
    return wanted.equals(ANY) || wanted.equals(there.etag()) ? null : Kind.CHANGED;
  }

  private static Row next(Write w, @Nullable Found there) {
    boolean merges = w instanceof Write.Merge || w instanceof Write.InsertOrMerge;
    return merges && there != null ? there.row().merge(w.row()) : w.row();
  }
}
