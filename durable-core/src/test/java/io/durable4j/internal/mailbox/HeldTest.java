package io.durable4j.internal.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.QueueId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldTest {
  private final Held held = new Held(delivery(1, "r1"), 10);

  @Test
  void aRenewalBringsAFreshReceiptAndALaterDeadline() {
    held.renewed(delivery(1, "r2"), 20);
    assertThat(held.delivery().receipt()).isEqualTo("r2");
    assertThat(held.deadlineNanos()).isEqualTo(20);
    assertThat(held.isLost()).isFalse();
  }

  @Test
  void aRenewalThatDoesNotKnowItMeansThatItIsLost() {
    held.renewed(null, 20);
    assertThat(held.isLost()).isTrue();
    assertThat(held.deadlineNanos()).isEqualTo(10);
  }

  @Test
  void theReceiptOfALaterDeliveryIsNotItsOwn() {
    held.renewed(delivery(2, "r3"), 20);
    assertThat(held.isLost()).isTrue();
    assertThat(held.delivery().receipt()).isEqualTo("r1");
  }

  private static Delivery delivery(int attempt, String receipt) {
    HistoryEvent event =
        HistoryEvent.of(Instant.EPOCH, MessageId.derived("m"), new GenericEvent("nudge"));
    Message message = new Message(new Address(new InstanceId("i"), null), null, event);
    return new Delivery(message, new QueueId(QueueId.Kind.CONTROL, 0), 1, attempt, 0, receipt);
  }
}
