package io.durable4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
  private static final List<Class<?>> TYPES =
      List.of(
          Integer.class,
          int.class,
          Long.class,
          long.class,
          Boolean.class,
          boolean.class,
          String.class);

  private final ObjectMapper mapper = new JsonMapper();
  private final JacksonDataConverter converter = JacksonDataConverter.create();

  private static List<Object> values() {
    Random random = new Random(7);
    List<Object> values =
        new ArrayList<>(
            List.of(
                true,
                false,
                0,
                -1,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                0L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                999_999_999_999_999_999L,
                1_000_000_000,
                999_999_999,
                "",
                "\"",
                "\\",
                "\u007f",
                "\ud800",
                "a\nb"));
    for (int i = 0; i < 2_000; i++) {
      values.add(random.nextInt() >> random.nextInt(31));
      values.add(random.nextLong() >> random.nextInt(63));
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append((char) random.nextInt(0x110));
      }
      values.add(text.toString());
    }
    return values;
  }

  @Test
  void a_scalar_is_written_as_the_mapper_writes_it_and_comes_back() throws Exception {
    int plain = 0;
    for (Object value : values()) {
      String json = Scalars.write(value);
      plain += json == null ? 0 : 1;
      if (json != null) {
        assertThat(json).isEqualTo(mapper.writeValueAsString(value));
      }
      Payload one = converter.toPayload(value);
      Payload all = converter.toArguments(Collections.singletonList(value));
      assertThat(one).isNotNull();
      assertThat(all).isEqualTo(new Payload('[' + one.text() + ']'));
      if (!value.equals("\ud800")) {
        assertThat(converter.fromPayload(one, value.getClass())).isEqualTo(value);
        assertThat(converter.fromArguments(all, List.of(value.getClass()))).containsExactly(value);
      }
    }
    assertThat(plain).isBetween(4_000, 6_000);
  }

  /** What is read without the mapper is what the mapper would have read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "00",
        "7",
        "-7",
        "07",
        "+7",
        "-",
        "",
        " ",
        " 7",
        "7 ",
        "7.0",
        "1e3",
        "0x1",
        "2147483647",
        "2147483648",
        "-2147483648",
        "999999999",
        "1000000000",
        "12345678901",
        "999999999999999999",
        "1000000000000000000",
        "9223372036854775808",
        "true",
        "false",
        "True",
        "truefalse",
        "null",
        "\"\"",
        "\"",
        "\"a\"",
        "\"a\",\"b\"",
        "\"a",
        "a\"",
        "\"\\n\"",
        "\"\u00e9\"",
        "\"7\"",
        "\"true\"",
        "7,8",
        "[7]",
        "{}",
        "\u0667"
      })
  void what_is_read_is_what_the_mapper_reads(String json) {
    for (Class<?> type : TYPES) {
      Object read = Scalars.read(json, 0, json.length(), type);
      if (read != null) {
        assertThat(read).as(json + " as " + type).isEqualTo(byMapper(json, type));
      }
      String within = "[" + json + "]";
      assertThat(Scalars.read(within, 1, within.length() - 1, type)).isEqualTo(read);
    }
  }

  private @Nullable Object byMapper(String json, Type type) {
    try {
      return mapper.readValue(json, mapper.constructType(type));
    } catch (JsonProcessingException e) {
      return e;
    }
  }

  @Test
  void the_users_mapper_says_what_a_number_looks_like() {
    SimpleModule quoted = new SimpleModule();
    quoted.addSerializer(Integer.class, ToStringSerializer.instance);
    DataConverter own = new JacksonDataConverter(new JsonMapper().registerModule(quoted));
    assertThat(own.toPayload(7)).isEqualTo(new Payload("\"7\""));
    assertThat(own.toArguments(List.of(7))).isEqualTo(new Payload("[\"7\"]"));
  }
}
