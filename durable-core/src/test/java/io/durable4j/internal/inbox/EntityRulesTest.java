package io.durable4j.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Stored;
import io.durable4j.spi.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final InstanceId ENTITY = new InstanceId("@counter@1");
  private static final Address ORDER = new Address(new InstanceId("o"), new ExecutionId("e1"));
  private static final Stored NONE = new Stored(null, List.of(), new Version("0"), null, Set.of());
  private static final Verdict ACCEPT = new Verdict.Accept();
  private static final Verdict CONSUMED = new Verdict.Drop("it was consumed before");

  private static Message message(@Nullable Address from, EventBody body) {
    HistoryEvent event = HistoryEvent.of(NOW, MessageId.derived("m"), body);
    return new Message(new Address(ENTITY, null), from, event);
  }

  private static Message message(@Nullable Address from, String name) {
    return message(from, new EventRaised(name, new Payload("{\"id\":\"l1\"}")));
  }

  private static Verdict second(boolean atomic, Message m) {
    InboxRules rules = new InboxRules(NONE, atomic, NOW);
    assertThat(rules.judge(m)).as("the entity need not be there").isEqualTo(ACCEPT);
    return rules.judge(m);
  }

  @Test
  void the_end_of_a_lock_is_taken_again_since_it_may_have_come_before_the_lock() {
    for (boolean atomic : new boolean[] {true, false}) {
      assertThat(second(atomic, message(null, "release"))).isEqualTo(ACCEPT);
      assertThat(second(atomic, message(ORDER, "release"))).isEqualTo(ACCEPT);
    }
  }

  @Test
  void what_is_known_is_dropped_unless_the_entity_has_to_know_of_its_repeat() {
    assertThat(second(true, message(null, "op"))).isEqualTo(CONSUMED);
    assertThat(second(true, message(ORDER, "op"))).isEqualTo(CONSUMED);
    assertThat(second(false, message(null, "op"))).isEqualTo(CONSUMED);
    assertThat(second(false, message(ORDER, "op")))
        .as("it may have come again under another time")
        .isEqualTo(ACCEPT);
  }

  @Test
  void a_scheduled_request_waits_for_its_time() {
    String due = "2026-03-01T10:01:00Z";
    String request = "{\"id\":\"r\",\"op\":\"add\",\"signal\":true,\"due\":\"" + due + "\"}";
    Message later = message(null, new EventRaised("op@" + due, new Payload(request)));
    InboxRules early = new InboxRules(NONE, true, NOW);
    assertThat(early.judge(later)).isEqualTo(new Verdict.Defer(Duration.ofMinutes(1)));
    assertThat(early.judge(later)).as("it is not known then").isInstanceOf(Verdict.Defer.class);
    InboxRules inTime = new InboxRules(NONE, true, NOW.plusSeconds(60));
    assertThat(inTime.judge(later)).isEqualTo(ACCEPT);
  }

  @Test
  void nothing_but_events_is_taken() {
    assertThat(
            new InboxRules(NONE, true, NOW)
                .judge(message(ORDER, new ExecutionTerminated(null, false))))
        .isEqualTo(new Verdict.Drop("an entity takes nothing but events"));
  }
}
