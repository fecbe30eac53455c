package io.durable4j.internal.client;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Incoming;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Response;
import io.durable4j.message.Message;
import java.time.Instant;
import java.util.List;

/** A request to an entity that nobody will deal with: who waits for it is told so. */
final class DroppedRequest {
  private DroppedRequest() {}

  static void tell(ClientParts parts, Message dropped, EventRaised event, FailureDetails why) {
    if (!(Incoming.of(event) instanceof Incoming.Asks asks)) {
      return;
    }
    Request request = asks.request();
    Request.Sender sender = request.sender();
    if (sender == null || request.signal()) {
      return;
    }
    Instant now = parts.drive().now();
    Request.Lock lock = request.lock();
    if (lock != null) {
      // those before it in the set are locked already
      Release release = new Release(sender.instance(), request.id());
      for (InstanceId held : lock.set().subList(0, lock.position())) {
        MessageId id = MessageId.derived("dropped", dropped.id(), held);
        Control.send(parts, held, id, now, EntityEvents.raised(release));
      }
    }
    Response answer = new Response(null, why, List.of());
    MessageId id = MessageId.derived("dropped", dropped.id());
    Control.send(parts, sender.instance(), id, now, EntityEvents.raised(request.id(), answer));
  }
}
