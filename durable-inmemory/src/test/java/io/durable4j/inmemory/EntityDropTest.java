package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Response;
import io.durable4j.message.Message;
import io.durable4j.spi.Outbound;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who waits for an entity whose request was set aside and dropped. */
final class EntityDropTest {
  private final EntityStand stand = new EntityStand();

  /** Sets a request aside and drops it. */
  private void drop(String entity, Request request) {
    stand.hub.claim(Samples.control(entity).shard(), TestHub.WORKER);
    Message m = Samples.message(entity, EntityEvents.raised(request), "request");
    Outbound out = new Outbound(m, Samples.control(entity), TestClock.START, false);
    stand.hub.messages().send(List.of(out), TestHub.LEASE);
    FailureDetails why = FailureDetails.of("Poison", "it is no good", true);
    stand.hub.receive(entity).forEach(d -> stand.hub.messages().quarantine(d, why));
    assertThat(stand.client.drop(m.id().toString())).isTrue();
    assertThat(stand.client.quarantined()).isEmpty();
  }

  @Test
  void aCallFails() {
    Request call = EntityStand.call("add", "order-1");
    drop("@a@1", call);
    EventRaised event = stand.event("order-1");
    assertThat(event.name()).isEqualTo(call.id());
    Response answer = EntityJson.response(Objects.requireNonNull(event.input()));
    assertThat(Objects.requireNonNull(answer.failure()).message()).contains("it is no good");
  }

  @Test
  void aLockFailsAndWhatWasLockedIsGivenBack() {
    List<InstanceId> set =
        List.of(new InstanceId("@a@1"), new InstanceId("@a@2"), new InstanceId("@a@3"));
    Request lock =
        new Request(
            MessageId.derived("lock").toString(),
            null,
            false,
            null,
            new Request.Sender(new InstanceId("order-1"), new ExecutionId("e1")),
            null,
            Request.Stamp.NONE,
            new Request.Lock(set, 1));
    drop("@a@2", lock);
    EventRaised given = stand.event("@a@1");
    assertThat(given)
        .isEqualTo(EntityEvents.raised(new Release(new InstanceId("order-1"), lock.id())));
    assertThat(stand.event("order-1").name()).isEqualTo(lock.id());
    assertThat(stand.sent("@a@2")).isEmpty();
    assertThat(stand.sent("@a@3")).isEmpty();
  }

  @Test
  void nobodyWaitsForASignal() {
    drop("@a@1", EntityStand.call("add", null));
    assertThat(stand.sent("@a@1")).isEmpty();
  }
}
