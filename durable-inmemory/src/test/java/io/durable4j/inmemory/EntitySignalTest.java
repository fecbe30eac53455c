package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durable4j.activity.Name;
import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.SignalOptions;
import io.durable4j.data.DurableException;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.MessageId;
import io.durable4j.message.Message;
import io.durable4j.orchestration.EntityId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client's signals become, and which it refuses. */
final class EntitySignalTest {
  private static final EntityId<Counter> ID = EntityId.of(Counter.class, "a");
  private static final String KEY = "@counter@a";
  private static final String GIVEN = "0F8FAD5B-D9CB-469F-A165-70867728950E";

  private final EntityStand stand = new EntityStand();

  /** A contract. */
  public interface Counter {
    int add(int n);

    void rename(@Nullable String to);

    void move(String from, String to);

    @Name("clear")
    void reset();

    default void addTwice(int n) {
      add(n);
      add(n);
    }

    default void increment() {
      add(1);
    }
  }

  /** Cannot be encoded. */
  public static final class Broken {
    public int getValue() {
      throw new IllegalStateException("broken");
    }
  }

  private static JsonNode json(EventRaised event) {
    try {
      return new ObjectMapper().readTree(Objects.requireNonNull(event.input()).text());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode told() {
    return json(stand.event(KEY));
  }

  @Test
  void aSignalIsAnEventOfTheEntity() {
    stand.client.signal(ID, c -> c.add(5));
    List<Message> all = stand.sent(KEY);
    assertThat(all).hasSize(1);
    Message m = all.get(0);
    assertThat(m.from()).isNull();
    assertThat(m.to().execution()).isNull();
    EventRaised event = (EventRaised) m.event().body();
    assertThat(event.name()).isEqualTo("op");
    JsonNode request = json(event);
    assertThat(request.get("op").asText()).isEqualTo("add");
    assertThat(request.get("signal").asBoolean()).isTrue();
    assertThat(request.get("input").asText()).isEqualTo("5");
    assertThat(request.has("parent")).isFalse();
    assertThat(request.get("id").asText()).isEqualTo(m.id().toString());
  }

  @Test
  void anInputIsBareAndSeveralAreAList() {
    stand.client.signal(ID, c -> c.move("x", "y"));
    assertThat(told().get("input").asText()).isEqualTo("[\"x\",\"y\"]");
  }

  @Test
  void noInputIsNone() {
    stand.client.signal(ID, Counter::reset);
    JsonNode told = told();
    assertThat(told.get("op").asText()).isEqualTo("clear");
    assertThat(told.has("input")).isFalse();
  }

  @Test
  void aNullInputIsNone() {
    stand.client.signal(ID, c -> c.rename(null));
    assertThat(told().has("input")).isFalse();
  }

  @Test
  void byNameTheInputIsBare() {
    stand.client.signal(EntityId.named("COUNTER", "a"), "add", Map.of("n", 5));
    JsonNode told = told();
    assertThat(told.get("op").asText()).isEqualTo("add");
    assertThat(told.get("input").asText()).isEqualTo("{\"n\":5}");
  }

  @Test
  void byNameThereNeedBeNoInput() {
    stand.client.signal(ID, "delete", null);
    assertThat(told().has("input")).isFalse();
  }

  @Test
  void aDueSignalIsHiddenUntilThen() {
    Instant due = TestClock.START.plusSeconds(90).plusNanos(123_456_789);
    stand.client.signal(ID, c -> c.add(1), SignalOptions.DEFAULT.at(due));
    assertThat(stand.sent(KEY)).isEmpty();
    stand.clock.advance(Duration.ofSeconds(90));
    assertThat(stand.sent(KEY)).isEmpty();
    stand.clock.advance(Duration.ofSeconds(1));
    EventRaised event = stand.event(KEY);
    assertThat(event.name()).isEqualTo("op@2024-05-01T12:01:30.1234567Z");
    assertThat(json(event).get("due").asText()).isEqualTo("2024-05-01T12:01:30.1234567Z");
  }

  @Test
  void oneThatIsDueLateIsHiddenForAsLongAsStorageCan() {
    Instant due = TestClock.START.plus(Duration.ofDays(30));
    stand.client.signal(ID, c -> c.add(1), SignalOptions.DEFAULT.at(due));
    stand.clock.advance(EntityStand.MAX_DELAY.minusSeconds(1));
    assertThat(stand.sent(KEY)).isEmpty();
    stand.clock.advance(Duration.ofSeconds(1));
    assertThat(json(stand.event(KEY)).get("due").asText()).startsWith("2024-05-31T12:00:00");
  }

  @Test
  void aTimeInThePastIsAtOnce() {
    stand.client.signal(ID, "add", 1, SignalOptions.DEFAULT.at(TestClock.START.minusSeconds(1)));
    assertThat(stand.event(KEY).name()).isEqualTo("op");
  }

  @Test
  void aRepeatWithTheSameIdIsTheSameMessage() {
    SignalOptions options = SignalOptions.id(GIVEN);
    stand.client.signal(ID, "add", 1, options);
    stand.client.signal(ID, "add", 1, SignalOptions.id(GIVEN.toLowerCase(java.util.Locale.ROOT)));
    List<Message> all = stand.sent(KEY);
    assertThat(all).extracting(Message::id).containsExactly(new MessageId(UUID.fromString(GIVEN)));
  }

  @Test
  void signalsWithoutIdsAreDifferent() {
    stand.client.signal(ID, "add", 1);
    stand.client.signal(ID, "add", 1);
    assertThat(stand.sent(KEY)).hasSize(2);
  }

  @Test
  void idsAreUuids() {
    for (String bad : new String[] {"", "order-1", "1-1-1-1-1", GIVEN + "0"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignalOptions.id(bad))
          .withMessageContaining("UUID")
          .withMessageContaining("'" + bad + "'");
    }
  }

  @Test
  void aDefaultMethodRunsOnTheCaller() {
    stand.client.signal(ID, Counter::increment);
    JsonNode told = told();
    assertThat(told.get("op").asText()).isEqualTo("add");
    assertThat(told.get("input").asText()).isEqualTo("1");
  }

  @Test
  void codeThatCallsNothingOrTwiceIsRefused() {
    List<Consumer<Counter>> bad =
        List.of(
            c -> {},
            c -> {
              c.add(1);
              c.add(2);
            },
            c -> c.addTwice(1),
            c -> c.toString());
    for (Consumer<Counter> code : bad) {
      assertThatThrownBy(() -> stand.client.signal(ID, code)).isInstanceOf(DurableException.class);
    }
    assertThat(stand.sent(KEY)).isEmpty();
  }

  @Test
  void noCodeAndNoOperationAreRefused() {
    Consumer<Counter> none = nothing();
    String unnamed = nothing();
    assertThatNullPointerException()
        .isThrownBy(() -> stand.client.signal(ID, none))
        .withMessageContaining("calls one method");
    assertThatNullPointerException()
        .isThrownBy(() -> stand.client.signal(ID, unnamed, null))
        .withMessageContaining("operation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stand.client.signal(ID, " ", 1))
        .withMessageContaining(KEY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stand.client.signal(ID, "add", SignalOptions.DEFAULT))
        .withMessageContaining("after its input");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a caller may do wrong
  private static <T> T nothing() {
    return null;
  }

  @Test
  void anEntityWithoutAnInterfaceIsSignalledByName() {
    assertThatThrownBy(() -> stand.client.signal(EntityId.named("counter", "a"), o -> {}))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("by the name");
  }

  @Test
  void anOversizedInputIsRefusedAtTheDoor() {
    String big = "x".repeat(EntityStand.MAX_PAYLOAD);
    assertThatThrownBy(() -> stand.client.signal(ID, c -> c.rename(big)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("rename")
        .hasMessageContaining("limit");
    // fits by itself; each quote takes two bytes more within the request
    String quotes = "\"".repeat(EntityStand.MAX_PAYLOAD / 3);
    assertThatThrownBy(() -> stand.client.signal(ID, "rename", quotes))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("rename")
        .hasMessageContaining("request that holds it");
    assertThat(stand.sent(KEY)).isEmpty();
  }

  @Test
  void anInputThatCannotBeEncodedIsRefused() {
    assertThatThrownBy(() -> stand.client.signal(ID, "add", new Broken()))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("add");
  }

  @Test
  void interceptorsStandAroundSignals() {
    List<String> seen = new ArrayList<>();
    EntityStand stood =
        new EntityStand(
            new ClientInterceptor() {
              @Override
              public void signal(Signal call, Consumer<Signal> next) {
                seen.add("outer " + call.entity() + " " + call.operation() + call.arguments());
                next.accept(call);
              }
            },
            new ClientInterceptor() {
              @Override
              public void signal(Signal call, Consumer<Signal> next) {
                seen.add("inner");
                List<@Nullable Object> more = Arrays.asList(7);
                SignalOptions given = SignalOptions.id(GIVEN);
                if (!call.operation().equals("reset")) {
                  next.accept(new Signal(call.entity(), "other", more, given));
                }
              }
            });
    stood.client.signal(ID, c -> c.add(5));
    stood.client.signal(ID, "reset", null);
    assertThat(seen)
        .containsExactly("outer " + KEY + " add[5]", "inner", "outer " + KEY + " reset[]", "inner");
    JsonNode told = json(stood.event(KEY));
    assertThat(told.get("op").asText()).as("names are for information").isEqualTo("add");
    assertThat(told.get("input").asText()).isEqualTo("7");
    assertThat(told.get("id").asText()).isEqualToIgnoringCase(GIVEN);
  }

  @Test
  void aClosedClientSignalsNobody() {
    stand.client.close();
    assertThatThrownBy(() -> stand.client.signal(ID, "add", 1))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("closed");
  }
}
