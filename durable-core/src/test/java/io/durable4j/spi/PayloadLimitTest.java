package io.durable4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadLimitTest {
  private static final InstanceId ID = new InstanceId("i");
  private static final ExecutionId EXECUTION = new ExecutionId("e");

  private final PayloadLimit limit = new PayloadLimit(10);

  /** Every kind of event that carries a payload, those to come included. */
  static Stream<Class<?>> kinds() {
    return Arrays.stream(EventBody.class.getPermittedSubclasses())
        .filter(kind -> Arrays.stream(kind.getRecordComponents()).anyMatch(PayloadLimitTest::is));
  }

  private static boolean is(RecordComponent c) {
    return c.getType() == Payload.class;
  }

  private static Outbound message(Class<?> kind, Payload payload) throws Exception {
    RecordComponent[] parts = kind.getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(types).map(type -> value(type, payload)).toArray();
    EventBody body = (EventBody) kind.getDeclaredConstructor(types).newInstance(values);
    Address to = new Address(ID, EXECUTION);
    HistoryEvent event = HistoryEvent.of(Instant.EPOCH, MessageId.derived(ID, "m"), body);
    Message message = new Message(to, to, event);
    return new Outbound(message, new QueueId(QueueId.Kind.CONTROL, 0), Instant.EPOCH, false);
  }

  private static Object value(Class<?> type, Payload payload) {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    Map<Class<?>, Object> values =
        Map.of(
            Payload.class,
            payload,
            InstanceId.class,
            ID,
            ExecutionId.class,
            EXECUTION,
            Instant.class,
            Instant.EPOCH,
            String.class,
            "x",
            Map.class,
            Map.of(),
            List.class,
            List.of(),
            int.class,
            0,
            boolean.class,
            false);
    return values.get(type);
  }

  @Test
  void eightKindsCarryPayloads() {
    assertThat(kinds()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aMessageOverTheLimitIsRefused(Class<?> kind) throws Exception {
    Outbound fits = message(kind, new Payload("\"12345678\""));
    Outbound over = message(kind, new Payload("\"1234567\u00e9\""));
    assertThatCode(() -> limit.check(fits)).doesNotThrowAnyException();
    assertThatThrownBy(() -> limit.check(over))
        .isInstanceOf(PayloadException.class)
        .hasMessage("A payload has 11 bytes; this backend stores at most 10");
  }
}
