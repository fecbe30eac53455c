package io.durable4j.internal.replay;

import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values with which actions ended, by number, as far as they can be shared. */
final class Results {
  private @Nullable Object[] values = {};

  /** As what they were read. */
  private @Nullable Type[] types = {};

  /** The value as this type; null when it is not known. */
  @Nullable Object get(int number, Type type) {
    if (number >= values.length) {
      return null;
    }
    Type known = types[number];
    return known != null && known.equals(type) ? values[number] : null;
  }

  /** Answers whether it knew none before. */
  boolean put(int number, Type type, Object value) {
    if (number >= values.length) {
      int length = Math.max(number + 1, Columns.more(values.length));
      values = Arrays.copyOf(values, length);
      types = Arrays.copyOf(types, length);
    }
    boolean isFirst = values[number] == null;
    values[number] = value;
    types[number] = type;
    return isFirst;
  }

  /** About how many bytes it takes, beside the values. */
  long bytes() {
    return 2L * Columns.REFERENCE * values.length;
  }
}
