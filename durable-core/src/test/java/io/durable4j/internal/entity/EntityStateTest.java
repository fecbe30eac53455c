package io.durable4j.internal.entity;

import static io.durable4j.internal.entity.BatchStand.JSON;
import static io.durable4j.internal.entity.BatchStand.call;
import static io.durable4j.internal.entity.BatchStand.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.DataConverter;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state of an entity while a batch runs: how it is undone, kept, encoded and limited. */
class EntityStateTest {
  private final BatchStand counter = BatchKinds.counter();

  private final BatchStand list = BatchKinds.list();

  @Test
  void aStateThatWasChangedInPlaceIsRestored() {
    for (boolean warm : new boolean[] {false, true}) {
      list.keeps("[\"a\"]").warm = warm;
      list.value = new ArrayList<>(List.of("a"));
      list.told(
          signal("add", "\"b\""),
          signal("addAndFail", "\"c\""),
          call("c1", "o", "get", null),
          signal("add", "\"d\""),
          call("c2", "o", "addAndFail", "\"e\""));
      assertThat(list.resultOf("c1")).isEqualTo("[\"a\",\"b\"]");
      assertThat(list.state()).isEqualTo("[\"a\",\"b\",\"d\"]");
      assertThat(list.last.failed()).isEqualTo(2);
      assertThat(list.answerTo("c2").failure().message()).isEqualTo("spoilt");
      assertThat(list.last.kept()).isNull();
    }
  }

  @Test
  void theFirstOperationsFailureLeavesNoState() {
    list.told(signal("addAndFail", "\"c\""));
    assertThat(list.state()).isNull();
    assertThat(list.last.kept()).isNull();
  }

  /** Counts what is decoded and encoded, and refuses the number 13. */
  private static final class Counting implements DataConverter {
    private final List<Object> encoded = new ArrayList<>();
    private int decoded;

    @Override
    public @Nullable Payload toPayload(@Nullable Object value) {
      encoded.add(value);
      if (Integer.valueOf(13).equals(value)) {
        throw new PayloadException("13 brings bad luck", null);
      }
      return JSON.toPayload(value);
    }

    @Override
    public @Nullable Object fromPayload(@Nullable Payload payload, Type type) {
      decoded += type == Integer.class ? 1 : 0;
      return JSON.fromPayload(payload, type);
    }

    @Override
    public @Nullable Payload toArguments(List<@Nullable Object> values) {
      return JSON.toArguments(values);
    }

    @Override
    public List<@Nullable Object> fromArguments(@Nullable Payload payload, List<Type> types) {
      return JSON.fromArguments(payload, types);
    }
  }

  @Test
  void aPlainStateIsDecodedAndEncodedOnceAndNotAtAllWhereItIsKept() {
    Counting counting = new Counting();
    counter.keeps("7").converter = counting;
    counter.warm = true;
    counter.told(signal("add", "1"), signal("add", "1"), signal("spoil", "1"), signal("add", "1"));
    assertThat(counter.state()).isEqualTo("10");
    assertThat(counting.decoded).isEqualTo(1);
    assertThat(counting.encoded).as("a signal's input, and the state").containsExactly(1, 10);
    counter.told(signal("get", null), signal("spoil", "1"));
    assertThat(counting.decoded).isEqualTo(1);
    assertThat(counting.encoded).as("nothing has changed").containsExactly(1, 10, 1);
    assertThat(counter.last.kept()).isEqualTo(10);
  }

  @Test
  void aValueThatIsKeptOfNoStateIsIgnored() {
    counter.warm = true;
    counter.value = 55;
    assertThat(counter.told(call("c", "o", "get", null)).resultOf("c")).isEqualTo("100");
  }

  @Test
  void aPlainStateThatCannotBeKeptFailsItsOperationAndNoOther() {
    counter.keeps("10").converter = new Counting();
    counter.told(call("a", "o", "add", "1"), call("b", "o", "add", "2"));
    assertThat(counter.resultOf("a")).isEqualTo("11");
    assertThat(counter.answerTo("b").failure().message()).contains("13 brings bad luck");
    assertThat(counter.state()).isEqualTo("11");
    counter.keeps("10").told(signal("add", "1"), signal("s2", "add", "2"));
    assertThat(counter.state()).isEqualTo("11");
    assertThat(counter.last.failures())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.request()).isEqualTo("s2");
              assertThat(f.why().message())
                  .startsWith("Entity @counter@a, operation 'add': the state cannot be kept: ");
            });
  }

  @Test
  void aBatchThatIsTriedAgainBeginsWithTheStateThatIsStored() {
    BatchStand any =
        new BatchStand(
                EntityCode.ofOperations(
                    "any",
                    TypeRef.of(Object.class),
                    o ->
                        o.on(
                                "add",
                                c -> {
                                  @SuppressWarnings("unchecked")
                                  List<Object> lines = (List<Object>) c.state();
                                  return lines.add(c.input(String.class));
                                })
                            .on(
                                "spoil",
                                c -> {
                                  c.state(13);
                                  return null;
                                })))
            .keeps("[\"a\"]");
    any.value = new ArrayList<>(List.of("a"));
    any.warm = true;
    any.converter = new Counting();
    any.told(signal("add", "\"b\""), signal("spoil", null));
    assertThat(any.state()).isEqualTo("[\"a\",\"b\"]");
    assertThat(any.last.failed()).isEqualTo(1);
  }

  @Test
  void aStateOverTheLimitFailsItsOperation() {
    list.keeps("[\"a\"]").maxPayload = 4_000;
    String large = "\"" + "x".repeat(1_995) + "\"";
    String quotes = "\"" + "\\\"".repeat(600) + "\"";
    list.told(call("c", "o", "add", large), call("d", "o", "add", quotes), signal("add", "\"b\""));
    assertThat(list.answerTo("c").failure().message())
        .startsWith("Entity @counter@a, operation 'add': the state takes ")
        .endsWith(" may take 2000, half of the backend's largest payload");
    assertThat(list.answerTo("d").failure().message()).contains("the state takes ");
    assertThat(list.state()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void aLongTextIsLookedAtAtOnce() {
    BatchStand text =
        new BatchStand(
                EntityCode.ofOperations(
                    "text",
                    TypeRef.of(String.class),
                    o ->
                        o.on(
                            "set",
                            c -> {
                              c.state("y".repeat(c.input(Integer.class)));
                              return null;
                            })))
            .keeps("\"x\"");
    text.maxPayload = 1_000;
    text.told(signal("set", "2000"), signal("set", "200"), signal("set", "1001"));
    assertThat(text.state()).isEqualTo("\"" + "y".repeat(200) + "\"");
    assertThat(text.last.failed()).isEqualTo(2);
  }
}
