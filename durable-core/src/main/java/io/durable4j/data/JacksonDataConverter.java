package io.durable4j.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payloads as JSON by Jackson. Thread-safe as the mapper is. */
public final class JacksonDataConverter implements DataConverter {
  private final ObjectMapper mapper;

  /** Whether it is known what the mapper makes of scalars. */
  private final boolean knowsScalars;

  /**
   * A converter with the user's own mapper.
   *
   * @param mapper the mapper; not changed after. It should order map entries and properties, so
   *     that equal values give equal texts
   */
  public JacksonDataConverter(ObjectMapper mapper) {
    this(mapper, false);
  }

  private JacksonDataConverter(ObjectMapper mapper, boolean knowsScalars) {
    this.mapper = mapper;
    this.knowsScalars = knowsScalars;
  }

  /**
   * A converter with the default mapper: {@code java.time} as ISO text, {@code Optional}, records,
   * sorted map entries; unknown members are skipped, so that data may grow.
   *
   * @return the converter
   */
  public static JacksonDataConverter create() {
    return new JacksonDataConverter(
        // a pool of its own: buffers kept by thread would be made anew on each virtual thread
        JsonMapper.builder(
                JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build(),
        true);
  }

  @Override
  public @Nullable Payload toPayload(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String scalar = knowsScalars ? Scalars.write(value) : null;
    if (scalar != null) {
      return new Payload(scalar);
    }
    try {
      return new Payload(Surrogates.escapeLone(mapper.writeValueAsString(value)));
    } catch (JacksonException e) {
      throw new PayloadException(
          "A " + value.getClass().getTypeName() + " cannot be written as JSON: " + reason(e), e);
    }
  }

  @Override
  public @Nullable Object fromPayload(@Nullable Payload payload, Type type) {
    if (payload == null || type == void.class || type == Void.class) {
      return null;
    }
    String text = payload.text();
    Object scalar = knowsScalars ? Scalars.read(text, 0, text.length(), type) : null;
    if (scalar != null) {
      return scalar;
    }
    JavaType wanted = mapper.getTypeFactory().constructType(type);
    try {
      return mapper.readValue(text, wanted);
    } catch (JacksonException e) {
      throw new PayloadException(
          "The payload does not read as " + type.getTypeName() + ": " + reason(e), e);
    }
  }

  @Override
  public @Nullable Payload toArguments(List<@Nullable Object> values) {
    if (values.isEmpty()) {
      return null;
    }
    String scalar = knowsScalars && values.size() == 1 ? Scalars.write(values.get(0)) : null;
    if (scalar != null) {
      return new Payload('[' + scalar + ']');
    }
    try {
      return toPayload(values);
    } catch (PayloadException e) {
      throw culprit(values, e);
    }
  }

  /** The failure of the first argument that cannot be written by itself: it names the type. */
  private PayloadException culprit(List<@Nullable Object> values, PayloadException whole) {
    for (int i = 0; i < values.size(); i++) {
      try {
        toPayload(values.get(i));
      } catch (PayloadException e) {
        return new PayloadException("Argument " + (i + 1) + ": " + e.getMessage(), e.getCause());
      }
    }
    return whole;
  }

  @Override
  public List<@Nullable Object> fromArguments(@Nullable Payload payload, List<Type> types) {
    List<@Nullable Object> values = new ArrayList<>(types.size());
    if (payload != null) {
      Object scalar = types.size() == 1 ? onlyScalar(payload.text(), types.get(0)) : null;
      if (scalar != null) {
        values.add(scalar);
      } else {
        read(payload.text(), types, values);
      }
    }
    while (values.size() < types.size()) {
      values.add(null);
    }
    return values;
  }

  private @Nullable Object onlyScalar(String text, Type type) {
    boolean array = text.startsWith("[") && text.endsWith("]");
    return knowsScalars && array ? Scalars.read(text, 1, text.length() - 1, type) : null;
  }

  private void read(String text, List<Type> types, List<@Nullable Object> values) {
    try (JsonParser in = mapper.createParser(text)) {
      boolean fits = in.nextToken() == JsonToken.START_ARRAY;
      while (fits && in.nextToken() != JsonToken.END_ARRAY) {
        fits = in.currentToken() != null && values.size() < types.size();
        if (fits) {
          values.add(argument(in, types.get(values.size()), values.size() + 1));
        }
      }
      if (!fits || in.nextToken() != null) {
        throw new PayloadException(
            "The arguments do not fit " + types.size() + " parameters: " + brief(text), null);
      }
    } catch (IOException e) {
      throw new PayloadException("The arguments are not JSON: " + e.getMessage(), e);
    }
  }

  private @Nullable Object argument(JsonParser in, Type type, int number) {
    JavaType wanted = mapper.getTypeFactory().constructType(type);
    try {
      return in.currentToken() == JsonToken.VALUE_NULL ? null : mapper.readValue(in, wanted);
    } catch (IOException e) {
      throw new PayloadException(
          "Argument " + number + " does not read as " + type.getTypeName(), e);
    }
  }

  private static String brief(String text) {
    return text.length() <= 200 ? text : text.substring(0, 197) + "...";
  }

  private static String reason(JacksonException e) {
    return e.getOriginalMessage();
  }
}
