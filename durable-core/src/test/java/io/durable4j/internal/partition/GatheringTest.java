package io.durable4j.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Held;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.mailbox.Term;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Fence;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final int BATCH = 3;
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Mailbox> ready = new ArrayList<>();
  private final Term term = new Term(new Fence(0, new WorkerId("w"), 1), new Quiet(), 10);
  private final Gathering gathering = new Gathering(term, BATCH, ready::add);
  private int messages;

  private static final class Quiet implements Signal {
    @Override
    public void raise() {
      // nobody waits
    }

    @Override
    public boolean await(long untilNanos) {
      throw new UnsupportedOperationException();
    }
  }

  private Term.Offer offer(String instance) {
    MessageId id = MessageId.derived("m", messages++);
    HistoryEvent event = HistoryEvent.of(AT, id, new EventRaised("op", new Payload("{}")));
    Message m = new Message(new Address(new InstanceId(instance), null), null, event);
    Delivery d = new Delivery(m, new QueueId(QueueId.Kind.CONTROL, 0), messages, 1, 0, "r");
    return term.offer(new Arrival(m, new Held(d, Long.MAX_VALUE), false, 0), 0);
  }

  private void begun(String instance, long nanos) {
    gathering.begun(Objects.requireNonNull(offer(instance).begun()), nanos);
  }

  @Test
  void an_orchestration_does_not_wait() {
    begun("order", 0);
    assertThat(ready).hasSize(1);
  }

  @Test
  void an_entity_waits_while_more_comes() {
    begun("@counter@a", 0);
    gathering.goOn(true, 1);
    assertThat(ready).isEmpty();
    gathering.goOn(false, 2);
    assertThat(ready).hasSize(1);
    gathering.goOn(false, 3);
    assertThat(ready).as("handed on once").hasSize(1);
  }

  @Test
  void a_full_batch_does_not_wait() {
    begun("@counter@a", 0);
    begun("@counter@b", 0);
    offer("@counter@a");
    gathering.goOn(true, 1);
    assertThat(ready).isEmpty();
    offer("@counter@a");
    gathering.goOn(true, 2);
    assertThat(ready).extracting(b -> b.instance().value()).containsExactly("@counter@a");
  }

  @Test
  void no_entity_waits_for_long() {
    long tenth = Duration.ofMillis(100).toNanos();
    begun("@counter@a", 5);
    gathering.goOn(true, 4 + tenth);
    assertThat(ready).isEmpty();
    gathering.goOn(true, 5 + tenth);
    assertThat(ready).hasSize(1);
  }
}
