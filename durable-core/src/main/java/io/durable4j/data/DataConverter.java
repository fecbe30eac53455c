package io.durable4j.data;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns user values into payloads and back. A null value is a null payload. Implementations are
 * thread-safe, deterministic (equal values give equal text: texts are compared on replay), and
 * never instantiate a class that is named in the data.
 */
public interface DataConverter {
  /**
   * Encodes a value.
   *
   * @param value the value, or null
   * @return its payload; null exactly for null
   * @throws PayloadException when the value cannot be encoded
   */
  @Nullable Payload toPayload(@Nullable Object value);

  /**
   * Decodes a payload.
   *
   * @param payload the payload, or null
   * @param type the full generic type that is wanted
   * @return the value; null for null
   * @throws PayloadException when the payload does not fit the type
   */
  @Nullable Object fromPayload(@Nullable Payload payload, Type type);

  /**
   * Encodes the arguments of a call. The Durable Task family writes no payload for none, and an
   * array otherwise.
   *
   * @param values the arguments, nulls included
   * @return one payload; null when there are no arguments
   * @throws PayloadException when one cannot be encoded
   */
  @Nullable Payload toArguments(List<@Nullable Object> values);

  /**
   * Decodes the arguments of a call.
   *
   * @param payload the payload, or null
   * @param types what is wanted, one type a parameter
   * @return as many values as types; missing ones are null
   * @throws PayloadException when the payload does not fit the types
   */
  List<@Nullable Object> fromArguments(@Nullable Payload payload, List<Type> types);
}
