package io.durable4j.azurestorage.fake;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.format.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands filters of the table service: comparisons, {@code and}, {@code or}, brackets. */
final class FakeFilter {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\(|\\)|datetime'[^']*'|'(?:[^']|'')*'|[A-Za-z_0-9.+-]+)\\s*");

  private final List<String> tokens = new ArrayList<>();
  private int at;

  FakeFilter(String text) {
    Matcher m = TOKEN.matcher(text);
    int end = 0;
    while (m.find() && m.start() == end) {
      tokens.add(m.group(1));
      end = m.end();
    }
    if (end != text.length()) {
      throw refused("at " + text.substring(end));
    }
  }

  private static AccountException refused(String why) {
    return new AccountException(Reason.REFUSED, "Not a filter: " + why, null);
  }

  Predicate<Row> parse() {
    if (tokens.isEmpty()) {
      return row -> true;
    }
    Predicate<Row> all = any();
    if (at != tokens.size()) {
      throw refused("more behind its end: " + tokens);
    }
    return all;
  }

  private Predicate<Row> any() {
    Predicate<Row> p = all();
    while (takes("or")) {
      p = p.or(all());
    }
    return p;
  }

  private Predicate<Row> all() {
    Predicate<Row> p = one();
    while (takes("and")) {
      p = p.and(one());
    }
    return p;
  }

  private boolean takes(String token) {
    if (at < tokens.size() && tokens.get(at).equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private String next() {
    if (at == tokens.size()) {
      throw refused("ends too early: " + tokens);
    }
    return tokens.get(at++);
  }

  private Predicate<Row> one() {
    if (takes("(")) {
      Predicate<Row> p = any();
      if (!takes(")")) {
        throw refused("bracket is not closed: " + tokens);
      }
      return p;
    }
    String column = next();
    String op = next();
    compares(op, 0);
    Object wanted = literal(next());
    return row -> {
      Object there = valueOf(row, column);
      return there != null
          && there.getClass() == wanted.getClass()
          && compares(op, compare(there, wanted));
    };
  }

  private static @Nullable Object valueOf(Row row, String column) {
    return switch (column) {
      case "PartitionKey" -> row.partitionKey();
      case "RowKey" -> row.rowKey();
      default -> row.columns().get(column);
    };
  }

  private static Object literal(String token) {
    if (token.startsWith("datetime'")) {
      return Instant.parse(token.substring("datetime'".length(), token.length() - 1));
    }
    if (token.startsWith("'")) {
      return token.substring(1, token.length() - 1).replace("''", "'");
    }
    if (token.equals("true") || token.equals("false")) {
      return Boolean.valueOf(token);
    }
    return token.endsWith("L")
        ? (Object) Long.valueOf(token.substring(0, token.length() - 1))
        : (Object) Integer.valueOf(token);
  }

  @SuppressWarnings("unchecked") // both are of one class, and each literal's class is comparable
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static boolean compares(String op, int c) {
    return switch (op) {
      case "eq" -> c == 0;
      case "ne" -> c != 0;
      case "lt" -> c < 0;
      case "le" -> c <= 0;
      case "gt" -> c > 0;
      case "ge" -> c >= 0;
      default -> throw refused("what is " + op);
    };
  }
}
