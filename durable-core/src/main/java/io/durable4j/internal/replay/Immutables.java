package io.durable4j.internal.replay;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows which values can never change, down to their last part, and makes collections of them
 * unmodifiable. Remembers what it found out about classes. Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // a part that was copied is another one
final class Immutables {
  private static final int MAX_DEPTH = 32;

  /** The platform's own unmodifiable collections are all members of one class. */
  private static final Class<?> UNMODIFIABLE = List.of().getClass().getNestHost();

  private static final Set<Class<?>> SIMPLE =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  /** The fields of records; empty for a class that is none, or that hides them. */
  private Map<Class<?>, Optional<List<Field>>> records = Map.of();

  /**
   * The value in the form in which it can be shared: itself, or an unmodifiable copy of a
   * collection where the type lets that stand for it; null when it may change.
   */
  @Nullable Object shareable(Object value, Type type) {
    return shareable(value, type, 0);
  }

  private @Nullable Object shareable(Object value, Type type, int depth) {
    Class<?> c = value.getClass();
    if (isSimple(value, c)) {
      return value;
    }
    if (depth == MAX_DEPTH) {
      return null;
    }
    if (value instanceof Record) {
      return isShareable(value, c, depth) ? value : null;
    }
    if (value instanceof Optional<?> o) {
      return ofOptional(o, type, depth);
    }
    if (value instanceof List<?> list && takes(type, List.class)) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      boolean same = copy(list, copy, argument(type, 0), depth);
      return frozen(value, same, copy.size() == list.size(), Collections.unmodifiableList(copy));
    }
    if (value instanceof Set<?> set && takes(type, Set.class)) {
      Set<@Nullable Object> copy = new LinkedHashSet<>();
      boolean same = copy(set, copy, argument(type, 0), depth);
      return frozen(value, same, copy.size() == set.size(), Collections.unmodifiableSet(copy));
    }
    if (value instanceof Map<?, ?> map && takes(type, Map.class)) {
      return ofMap(map, type, depth);
    }
    return null;
  }

  private static boolean isSimple(Object value, Class<?> c) {
    return SIMPLE.contains(c) || value instanceof Enum<?> || c.getPackageName().equals("java.time");
  }

  @SuppressWarnings("ReferenceEquality") // the same object, or it was made anew
  private boolean isShareable(Object record, Class<?> c, int depth) {
    records = records.isEmpty() ? new HashMap<>() : records;
    List<Field> fields = records.computeIfAbsent(c, Immutables::fields).orElse(null);
    if (fields == null) {
      return false;
    }
    try {
      for (Field f : fields) {
        Object part = f.get(record);
        // a record is not made anew: its parts have to be as they may stay
        if (part != null && shareable(part, f.getGenericType(), depth + 1) != part) {
          return false;
        }
      }
      return true;
    } catch (IllegalAccessException e) {
      return false;
    }
  }

  private static Optional<List<Field>> fields(Class<?> record) {
    List<Field> own =
        Arrays.stream(record.getDeclaredFields())
            .filter(f -> !Modifier.isStatic(f.getModifiers()))
            .toList();
    return own.stream().allMatch(Field::trySetAccessible) ? Optional.of(own) : Optional.empty();
  }

  /** Copies until a part may change; answers whether all parts are what they were. */
  private boolean copy(Collection<?> from, Collection<@Nullable Object> to, Type type, int depth) {
    boolean same = true;
    for (Object part : from) {
      Object shared = part == null ? null : shareable(part, type, depth + 1);
      if (part != null && shared == null) {
        return false;
      }
      same &= shared == part;
      to.add(shared);
    }
    return same;
  }

  private @Nullable Object ofOptional(Optional<?> optional, Type type, int depth) {
    Object value = optional.orElse(null);
    Object shared = value == null ? null : shareable(value, argument(type, 0), depth + 1);
    if (shared == value) {
      return optional;
    }
    return shared == null ? null : Optional.of(shared);
  }

  private @Nullable Object ofMap(Map<?, ?> map, Type type, int depth) {
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    boolean same = true;
    for (Map.Entry<?, ?> e : map.entrySet()) {
      Object key = e.getKey() == null ? null : shareable(e.getKey(), argument(type, 0), depth + 1);
      Object value = e.getValue();
      Object shared = value == null ? null : shareable(value, argument(type, 1), depth + 1);
      if (key == null || (value != null && shared == null)) {
        return null;
      }
      same &= key == e.getKey() && shared == value;
      copy.put(key, shared);
    }
    return frozen(map, same, copy.size() == map.size(), Collections.unmodifiableMap(copy));
  }

  private static @Nullable Object frozen(
      Object value, boolean same, boolean complete, Object unmodifiable) {
    if (!complete) {
      return null;
    }
    boolean isAlready = same && value.getClass().getNestHost().equals(UNMODIFIABLE);
    return isAlready ? value : unmodifiable;
  }

  /** Whether any collection of the kind will do where this type is wanted. */
  private static boolean takes(Type type, Class<?> kind) {
    Class<?> raw = raw(type);
    return raw != null && raw.isAssignableFrom(kind);
  }

  private static @Nullable Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof ParameterizedType p) {
      return raw(p.getRawType());
    }
    return type instanceof WildcardType w ? raw(w.getUpperBounds()[0]) : null;
  }

  private static Type argument(Type type, int place) {
    Type whole = type instanceof WildcardType w ? w.getUpperBounds()[0] : type;
    return whole instanceof ParameterizedType p ? p.getActualTypeArguments()[place] : Object.class;
  }
}
