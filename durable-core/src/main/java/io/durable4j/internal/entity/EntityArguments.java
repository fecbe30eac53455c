package io.durable4j.internal.entity;

import io.durable4j.data.DataConverter;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of an operation: nothing for no parameter, the value itself for one, as the family has
 * it, and the array of all for more.
 */
public final class EntityArguments {
  private EntityArguments() {}

  /**
   * Encodes the arguments of a call.
   *
   * @param converter turns values into payloads
   * @param values the arguments
   * @return the input
   * @throws PayloadException when one cannot be encoded
   */
  public static @Nullable Payload encode(DataConverter converter, List<@Nullable Object> values) {
    return values.size() == 1 ? converter.toPayload(values.get(0)) : converter.toArguments(values);
  }

  /**
   * Decodes the arguments of a call. An input that nobody wants is not looked at.
   *
   * @param converter turns payloads into values
   * @param input the input
   * @param types one type a parameter
   * @return as many values as types; missing ones are null
   * @throws PayloadException when the input does not fit the types, or one of a primitive type is
   *     missing
   */
  public static List<@Nullable Object> decode(
      DataConverter converter, @Nullable Payload input, List<Type> types) {
    if (types.isEmpty()) {
      return List.of();
    }
    List<@Nullable Object> values =
        types.size() == 1
            ? Collections.singletonList(converter.fromPayload(input, types.get(0)))
            : converter.fromArguments(input, types);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == null && types.get(i) instanceof Class<?> c && c.isPrimitive()) {
        throw new PayloadException(
            "Argument " + (i + 1) + " is missing; it is a " + c.getName(), null);
      }
    }
    return values;
  }
}
