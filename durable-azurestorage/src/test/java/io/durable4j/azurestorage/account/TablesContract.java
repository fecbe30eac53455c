package io.durable4j.azurestorage.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.account.Tables.Find;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Kind;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables of every account do. */
public abstract class TablesContract {
  private Tables tables;
  private String table;

  /** The account; a test makes resources of names of its own. */
  protected abstract Account account();

  /** A name that no other test has: a letter, then letters and digits, all lower case. */
  protected abstract String name();

  @BeforeEach
  void createTable() {
    tables = account().tables();
    table = name() + "History";
    tables.create(table);
  }

  private static Row row(String key, Object... columns) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i += 2) {
      all.put((String) columns[i], columns[i + 1]);
    }
    return new Row("p", key, all);
  }

  private List<String> done(Write... writes) {
    Outcome outcome = tables.write(table, List.of(writes));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    List<String> etags = ((Outcome.Done) outcome).etags();
    assertThat(etags).hasSize(writes.length);
    return etags;
  }

  private void conflict(Kind kind, Write... writes) {
    assertThat(tables.write(table, List.of(writes))).isEqualTo(new Outcome.Conflict(kind));
  }

  private Found found(String key) {
    return Objects.requireNonNull(tables.get(table, "p", key), key);
  }

  private Reason refused(Runnable call) {
    List<Reason> reasons = new ArrayList<>();
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(AccountException.class, e -> reasons.add(e.reason()));
    return reasons.get(0);
  }

  @Test
  void aTableIsCreatedAndDeletedOnce() {
    String other = name() + "Instances";
    assertThat(tables.create(other)).isTrue();
    assertThat(tables.create(other)).isFalse();
    assertThat(tables.create(other.toUpperCase(Locale.ROOT))).isFalse();
    assertThat(tables.delete(other)).isTrue();
    assertThat(tables.delete(other)).isFalse();
  }

  @Test
  void callsOnAMissingTableAreRefused() {
    table = name() + "Gone";
    Find all = new Find("", List.of(), 10);
    Write one = new Write.Insert(row("1"));
    assertThat(refused(() -> tables.write(table, List.of(one)))).isEqualTo(Reason.MISSING);
    assertThat(refused(() -> tables.write(table, List.of(one, new Write.Insert(row("2"))))))
        .isEqualTo(Reason.MISSING);
    assertThat(refused(() -> tables.write(table, List.of(new Write.Delete(row("1"), Tables.ANY)))))
        .isEqualTo(Reason.MISSING);
    assertThat(refused(() -> tables.find(table, all, null))).isEqualTo(Reason.MISSING);
    assertThat(refused(() -> tables.get(table, "p", "1"))).isEqualTo(Reason.MISSING);
  }

  @Test
  void valuesComeBackAsTheyWere() {
    Row row =
        row(
            "types",
            "Text",
            "\u00e4 \u20ac \ud83d\ude00 ' \" \\ \n\t",
            "Empty",
            "",
            "Number",
            7,
            "Negative",
            -7,
            "Long",
            1L << 60,
            "SmallLong",
            5L,
            "Yes",
            true,
            "No",
            false,
            "Double",
            2.5,
            "WholeDouble",
            3.0,
            "Time",
            Instant.parse("2026-05-01T12:00:00.1234567Z"),
            "WholeTime",
            Instant.parse("2026-05-01T12:00:00Z"),
            "Early",
            Instant.parse("1601-01-01T00:00:00Z"),
            "Late",
            Instant.parse("9999-12-31T23:59:59.9999999Z"),
            "LikeATime",
            "2026-05-01T12:00:00Z");
    done(new Write.Insert(row));
    assertThat(found("types").row().columns()).containsExactlyInAnyOrderEntriesOf(row.columns());
    done(new Write.Insert(row("2")), new Write.Insert(new Row("p", "3", row.columns())));
    assertThat(found("3").row().columns()).containsExactlyInAnyOrderEntriesOf(row.columns());
    assertThat(tables.find(table, new Find("RowKey eq '3'", List.of(), 1), null).rows().get(0))
        .isEqualTo(found("3"));
  }

  @Test
  void keysMayHoldWhatEscapedIdsHold() {
    for (String key :
        List.of(
            "",
            "it's ''so''",
            "50% + 100%25 & x=y;z",
            "@counter@key^1|a b:c",
            "\u00e4\u20ac\ud83d\ude00",
            "x (y),z",
            "a+b",
            "\"q\"",
            "~!$*<>[]{}`")) {
      Row row = new Row(key, key, Map.of("A", 1));
      String etag = done(new Write.Insert(row)).get(0);
      Found found = Objects.requireNonNull(tables.get(table, key, key), key);
      assertThat(found.row()).isEqualTo(row);
      assertThat(found.etag()).isEqualTo(etag);
      etag = done(new Write.Merge(new Row(key, key, Map.of("B", 2)), etag)).get(0);
      String second = key + "2";
      done(
          new Write.Replace(row, etag),
          new Write.Insert(new Row(key, second, Map.of("C", 3))),
          new Write.InsertOrMerge(new Row(key, key + "3", Map.of())));
      Find find = new Find("PartitionKey eq '" + key.replace("'", "''") + "'", List.of(), 10);
      assertThat(tables.find(table, find, null).rows()).hasSize(3);
      done(
          new Write.Delete(new Row(key, key, Map.of()), Tables.ANY),
          new Write.Delete(new Row(key, second, Map.of()), Tables.ANY));
      assertThat(tables.get(table, key, key)).isNull();
    }
  }

  @Test
  void aMissingRowIsNull() {
    assertThat(tables.get(table, "p", "none")).isNull();
  }

  @Test
  void anInsertNeedsThatThereIsNone() {
    String etag = done(new Write.Insert(row("1", "A", 1))).get(0);
    assertThat(found("1").etag()).isEqualTo(etag);
    conflict(Kind.EXISTS, new Write.Insert(row("1", "A", 2)));
    assertThat(found("1").row().number("A", 0)).isEqualTo(1);
  }

  @Test
  void aReplaceNeedsTheVersionAndLeavesNothing() {
    String first = done(new Write.Insert(row("1", "A", 1, "B", 1))).get(0);
    String second = done(new Write.Replace(row("1", "A", 2), first)).get(0);
    assertThat(second).isNotEqualTo(first);
    assertThat(found("1")).isEqualTo(new Found(row("1", "A", 2), second));
    conflict(Kind.CHANGED, new Write.Replace(row("1", "A", 3), first));
    conflict(Kind.MISSING, new Write.Replace(row("2", "A", 3), first));
    conflict(Kind.MISSING, new Write.Replace(row("2", "A", 3), Tables.ANY));
    done(new Write.Replace(row("1", "A", 4), Tables.ANY));
    assertThat(found("1").row().number("A", 0)).isEqualTo(4);
  }

  @Test
  void aMergeNeedsTheVersionAndLeavesOtherColumns() {
    String first = done(new Write.Insert(row("1", "A", 1, "B", 1))).get(0);
    String second = done(new Write.Merge(row("1", "A", 2), first)).get(0);
    assertThat(found("1")).isEqualTo(new Found(row("1", "A", 2, "B", 1), second));
    conflict(Kind.CHANGED, new Write.Merge(row("1", "A", 3), first));
    conflict(Kind.MISSING, new Write.Merge(row("2", "A", 3), first));
    done(new Write.Merge(row("1", "C", 4), Tables.ANY));
    assertThat(found("1").row()).isEqualTo(row("1", "A", 2, "B", 1, "C", 4));
  }

  @Test
  void anUpsertNeedsNothing() {
    String first = done(new Write.InsertOrReplace(row("1", "A", 1, "B", 1))).get(0);
    String second = done(new Write.InsertOrMerge(row("1", "A", 2))).get(0);
    assertThat(second).isNotEqualTo(first);
    assertThat(found("1")).isEqualTo(new Found(row("1", "A", 2, "B", 1), second));
    done(new Write.InsertOrReplace(row("1", "A", 3)));
    assertThat(found("1").row()).isEqualTo(row("1", "A", 3));
    done(new Write.InsertOrMerge(row("2", "A", 4)));
    assertThat(found("2").row()).isEqualTo(row("2", "A", 4));
  }

  @Test
  void aDeletionNeedsTheVersion() {
    String first = done(new Write.Insert(row("1", "A", 1))).get(0);
    String second = done(new Write.Merge(row("1", "A", 2), first)).get(0);
    conflict(Kind.CHANGED, new Write.Delete(row("1"), first));
    assertThat(done(new Write.Delete(row("1"), second))).containsExactly("");
    assertThat(tables.get(table, "p", "1")).isNull();
    conflict(Kind.MISSING, new Write.Delete(row("1"), second));
    conflict(Kind.MISSING, new Write.Delete(row("1"), Tables.ANY));
  }

  @Test
  void aTransactionGivesTheVersionsInItsOrder() {
    List<String> old =
        done(
            new Write.Insert(row("1", "A", 1)),
            new Write.Insert(row("2", "A", 1)),
            new Write.Insert(row("3", "A", 1)));
    List<String> etags =
        done(
            new Write.Replace(row("2", "A", 2), old.get(1)),
            new Write.Delete(row("1"), old.get(0)),
            new Write.Merge(row("3", "B", 2), old.get(2)),
            new Write.InsertOrReplace(row("4", "A", 2)),
            new Write.InsertOrMerge(row("5", "A", 2)),
            new Write.Insert(row("6", "A", 2)));
    assertThat(etags.get(1)).isEmpty();
    assertThat(List.of(found("2").etag(), found("3").etag(), found("4").etag()))
        .containsExactly(etags.get(0), etags.get(2), etags.get(3));
    assertThat(List.of(found("5").etag(), found("6").etag()))
        .containsExactly(etags.get(4), etags.get(5));
  }

  @Test
  void aTransactionIsAllOrNothing() {
    String etag = done(new Write.Insert(row("1", "A", 1))).get(0);
    String changed = done(new Write.Merge(row("1", "A", 2), etag)).get(0);
    Write first = new Write.Insert(row("2"));
    conflict(Kind.EXISTS, first, new Write.Insert(row("1")));
    conflict(Kind.CHANGED, first, new Write.Replace(row("1"), etag));
    conflict(Kind.CHANGED, first, new Write.Delete(row("1"), etag));
    conflict(Kind.MISSING, first, new Write.Merge(row("3"), etag));
    conflict(Kind.MISSING, first, new Write.Delete(row("3"), Tables.ANY));
    conflict(Kind.EXISTS, new Write.Insert(row("1")), first);
    assertThat(tables.get(table, "p", "2")).isNull();
    assertThat(found("1")).isEqualTo(new Found(row("1", "A", 2), changed));
  }

  @Test
  protected void aTransactionIsOfOnePartition() {
    Write one = new Write.Insert(row("1"));
    Write elsewhere = new Write.Insert(new Row("q", "1", Map.of()));
    assertThat(refused(() -> tables.write(table, List.of(one, elsewhere))))
        .isEqualTo(Reason.REFUSED);
    assertThat(tables.get(table, "p", "1")).isNull();
  }

  @Test
  protected void timesAreComparedTo100Nanoseconds() {
    done(new Write.Insert(row("1", "T", Instant.parse("2026-05-01T12:00:00.0000001Z"))));
    assertThat(keys("T gt datetime'2026-05-01T12:00:00.0000000Z'")).containsExactly("1");
    assertThat(keys("T ge datetime'2026-05-01T12:00:00.0000002Z'")).isEmpty();
  }

  @Test
  protected void aColumnTakes32KiCharactersOfAnyScript() {
    String most = "\u20ac".repeat(32 * 1024);
    done(new Write.Insert(row("1", "A", most)));
    assertThat(found("1").row().text("A")).isEqualTo(most);
  }

  @Test
  void aTransactionHasEachRowOnce() {
    Write one = new Write.InsertOrMerge(row("1"));
    assertThat(refused(() -> tables.write(table, List.of(one, one)))).isEqualTo(Reason.REFUSED);
    assertThat(refused(() -> tables.write(table, List.of()))).isEqualTo(Reason.REFUSED);
    assertThat(tables.get(table, "p", "1")).isNull();
  }

  @Test
  void aTransactionTakes100Writes() {
    List<Write> writes =
        IntStream.range(0, Tables.MAX_WRITES)
            .mapToObj(i -> (Write) new Write.Insert(row(String.format(Locale.ROOT, "%03d", i))))
            .toList();
    done(writes.toArray(Write[]::new));
    assertThat(tables.find(table, new Find("", List.of(), 1000), null).rows()).hasSize(100);
    List<Write> more = new ArrayList<>(writes);
    more.add(new Write.Insert(row("more")));
    assertThat(refused(() -> tables.write(table, more))).isEqualTo(Reason.REFUSED);
  }

  @Test
  void aColumnTakes64KiB() {
    String most = "x".repeat(32 * 1024);
    done(new Write.Insert(row("1", "A", most)));
    assertThat(found("1").row().text("A")).isEqualTo(most);
    assertThat(
            refused(
                () -> tables.write(table, List.of(new Write.Insert(row("2", "A", most + "x"))))))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aTransactionTakes4MiB() {
    String half = "x".repeat(16 * 1024);
    Map<String, Object> columns = new LinkedHashMap<>();
    IntStream.range(0, 25).forEach(i -> columns.put("C" + i, half));
    List<Write> writes =
        IntStream.range(0, 12)
            .mapToObj(i -> (Write) new Write.Insert(new Row("p", "r" + i, columns)))
            .toList();
    assertThat(refused(() -> tables.write(table, writes))).isEqualTo(Reason.TOO_LARGE);
    assertThat(tables.get(table, "p", "r0")).isNull();
  }

  @Test
  void rowsAreFoundInTheOrderOfTheirKeysAPageAtATime() {
    for (String partition : List.of("b", "a;1", "c", "a")) {
      done(
          IntStream.range(0, 5)
              .mapToObj(i -> (Write) new Write.Insert(new Row(partition, "r;" + i, Map.of())))
              .toArray(Write[]::new));
    }
    List<String> keys = new ArrayList<>();
    @Nullable String token = null;
    do {
      Tables.Page page = tables.find(table, new Find("", List.of(), 3), token);
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(3);
      page.rows().forEach(r -> keys.add(r.row().partitionKey() + "/" + r.row().rowKey()));
      token = page.next();
    } while (token != null);
    assertThat(keys).hasSize(20).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void filtersChoose() {
    done(
        new Write.Insert(
            row("1", "S", "Running", "N", 5, "T", Instant.parse("2026-05-01T12:00:00Z"))),
        new Write.Insert(
            row("2", "S", "Failed", "N", 6, "T", Instant.parse("2026-05-02T12:00:00Z"))),
        new Write.Insert(row("3", "S", "It's", "Long", 5L, "B", true)),
        new Write.Insert(row("4")));
    assertThat(keys("S eq 'Running' or S eq 'Failed'")).containsExactly("1", "2");
    assertThat(keys("(S eq 'Running' or S eq 'Failed') and N ge 6")).containsExactly("2");
    assertThat(keys("S eq 'It''s'")).containsExactly("3");
    assertThat(keys("T ge datetime'2026-05-01T12:00:00.0010000Z'")).containsExactly("2");
    assertThat(keys("T le datetime'2026-05-01T12:00:00.0000000Z'")).containsExactly("1");
    assertThat(keys("PartitionKey eq 'p' and RowKey ge '2' and RowKey lt '4'"))
        .containsExactly("2", "3");
    assertThat(keys("B eq true")).containsExactly("3");
    assertThat(keys("Long eq 5L")).containsExactly("3");
    assertThat(keys("PartitionKey eq 'none'")).isEmpty();
  }

  private List<String> keys(String filter) {
    return tables.find(table, new Find(filter, List.of(), 100), null).rows().stream()
        .map(r -> r.row().rowKey())
        .toList();
  }

  @Test
  void columnsAreChosenAndKeysAndVersionAlwaysCome() {
    String etag = done(new Write.Insert(row("1", "A", 1, "B", 2, "C", 3))).get(0);
    Tables.Page page = tables.find(table, new Find("", List.of("A", "C", "None"), 10), null);
    assertThat(page.rows()).containsExactly(new Found(row("1", "A", 1, "C", 3), etag));
    assertThat(page.next()).isNull();
  }

  @Test
  void whatIsNoFilterIsRefused() {
    assertThat(refused(() -> keys("PartitionKey is 'p'"))).isEqualTo(Reason.REFUSED);
  }

  @Test
  void keysThatTheServiceForbidsAreRefused() {
    Row bad = new Row("p", "a/b", Map.of());
    assertThat(refused(() -> tables.write(table, List.of(new Write.Insert(bad)))))
        .isEqualTo(Reason.REFUSED);
  }
}
