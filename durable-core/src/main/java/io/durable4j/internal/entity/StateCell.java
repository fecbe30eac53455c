package io.durable4j.internal.entity;

import io.durable4j.data.DataConverter;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of an entity while a batch runs, as a value and encoded. A value that can change is
 * encoded after each operation, so that the next one can be undone, by decoding; one that cannot is
 * encoded once, at the end.
 */
final class StateCell {
  private static final Set<Class<?>> PLAIN =
      Set.of(
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

  /** The most bytes that a character of a text takes where it is kept, as JSON inside JSON. */
  private static final int GROWTH = 8;

  private final DataConverter converter;

  /** Half of what storage takes; the other half is for what the engine keeps beside the state. */
  private final int maxState;

  private final boolean lazy;
  private @Nullable Payload encoded;
  private @Nullable Object value;

  /** Whether the value is newer than its encoded form. */
  private boolean ahead;

  /**
   * Creates a cell.
   *
   * @param rules what encodes, and how much
   * @param encoded the state; null when there is none
   * @param value the same decoded; null when that is not known
   * @param lazy whether values that cannot change are encoded at the end
   */
  StateCell(
      EntityBatch.Rules rules, @Nullable Payload encoded, @Nullable Object value, boolean lazy) {
    this.converter = rules.converter();
    this.maxState = rules.maxPayload() / 2;
    this.lazy = lazy;
    this.encoded = encoded;
    this.value = encoded == null ? null : value;
  }

  /**
   * The state as a value.
   *
   * @param type what it is
   * @return the value; null when there is no state
   * @throws PayloadException when it does not read
   */
  @Nullable Object value(Type type) {
    if (value == null && encoded != null) {
      try {
        value = converter.fromPayload(encoded, type);
      } catch (PayloadException e) {
        throw new PayloadException("the state: " + e.getMessage(), e.getCause());
      }
    }
    return value;
  }

  /**
   * The state that an operation left.
   *
   * @param next the new value; null for none
   * @throws PayloadException when it cannot be kept; then nothing has changed
   */
  void accept(@Nullable Object next) {
    if (next == null || !lazy || !isPlain(next)) {
      encoded = encode(next);
      ahead = false;
    } else if (!next.equals(value)) {
      ahead = true;
    }
    value = next;
  }

  /** Undoes what an operation has done to the value. */
  void restore() {
    if (value != null && !isFixed(value)) {
      value = null;
    }
  }

  /**
   * The state, encoded.
   *
   * @return null when there is none
   * @throws PayloadException when it cannot be kept, though it was accepted
   */
  @Nullable Payload end() {
    if (ahead) {
      encoded = encode(value);
      ahead = false;
    }
    return encoded;
  }

  /** The state as a value, where that is known. */
  @Nullable Object known() {
    return value;
  }

  private @Nullable Payload encode(@Nullable Object state) {
    Payload payload;
    try {
      payload = converter.toPayload(state);
    } catch (PayloadException e) {
      throw new PayloadException("the state cannot be kept: " + e.getMessage(), e.getCause());
    }
    long size = payload == null ? 0 : sizeInJson(payload);
    if (size > maxState) {
      throw new PayloadException(
          "the state takes "
              + size
              + " bytes; that of an entity may take "
              + maxState
              + ", half of the backend's largest payload",
          null);
    }
    return payload;
  }

  /** How many bytes a payload takes as a string in JSON, which is how it is kept. */
  private static long sizeInJson(Payload payload) {
    long size = payload.sizeInBytes();
    String text = payload.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        size++;
      } else if (c < ' ') {
        size += 5;
      }
    }
    return size;
  }

  /** Whether a value can be encoded later: it can never change, and is small. */
  private boolean isPlain(Object state) {
    return isFixed(state) && !(state instanceof String s && (long) s.length() * GROWTH >= maxState);
  }

  private static boolean isFixed(Object state) {
    return PLAIN.contains(state.getClass())
        || state instanceof String
        || state instanceof Enum<?>
        || state.getClass().getPackageName().equals("java.time");
  }
}
