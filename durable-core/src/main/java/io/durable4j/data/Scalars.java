package io.durable4j.data;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of whole numbers, truth values and plain texts as the default mapper has it, to the
 * letter: the parser or generator of one number takes far more memory than a whole activity should.
 * What is not that plain is left to the mapper.
 */
final class Scalars {
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;

  private Scalars() {}

  /** The JSON of a value; null when the mapper has to write it. */
  static @Nullable String write(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    boolean isText = value instanceof String s && isPlain(s, 0, s.length());
    return isText ? "\"" + value + '"' : null;
  }

  /**
   * Reads a value from a part of a text.
   *
   * @return the value; null when the mapper has to read it
   */
  static @Nullable Object read(String json, int from, int to, Type type) {
    if (type == Integer.class || type == int.class) {
      return isNumber(json, from, to, INT_DIGITS) ? Integer.parseInt(json, from, to, 10) : null;
    } else if (type == Long.class || type == long.class) {
      return isNumber(json, from, to, LONG_DIGITS) ? Long.parseLong(json, from, to, 10) : null;
    } else if (type == String.class) {
      return isText(json, from, to) ? json.substring(from + 1, to - 1) : null;
    } else if (type == Boolean.class || type == boolean.class) {
      return truth(json, from, to);
    }
    return null;
  }

  private static @Nullable Boolean truth(String json, int from, int to) {
    if (to - from == 4 && json.startsWith("true", from)) {
      return true;
    }
    boolean isFalse = to - from == 5 && json.startsWith("false", from);
    return isFalse ? false : null;
  }

  /** Whether it is a whole number as it is written, of so few digits that it surely fits. */
  private static boolean isNumber(String json, int from, int to, int most) {
    int first = from < to && json.charAt(from) == '-' ? from + 1 : from;
    int digits = to - first;
    if (digits < 1 || digits > most || (json.charAt(first) == '0' && to - from > 1)) {
      return false;
    }
    for (int i = first; i < to; i++) {
      if (json.charAt(i) < '0' || json.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(String json, int from, int to) {
    return to - from >= 2
        && json.charAt(from) == '"'
        && json.charAt(to - 1) == '"'
        && isPlain(json, from + 1, to - 1);
  }

  /** Whether each character stands for itself in JSON. */
  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
