package io.durable4j.internal.client;

import io.durable4j.client.QuarantinedMessage;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import io.durable4j.message.Message;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.InstanceQueries.Token;
import io.durable4j.spi.Outbound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The messages that were set aside, for those who decide what becomes of them. */
final class SetAside {
  private final ClientParts parts;

  SetAside(ClientParts parts) {
    this.parts = parts;
  }

  Stream<QuarantinedMessage> list() {
    return all().map(SetAside::shown);
  }

  private Stream<Quarantined> all() {
    return Stream.iterate(page(null), Optional::isPresent, p -> p.flatMap(this::after))
        .flatMap(p -> p.orElseThrow().items().stream());
  }

  private Optional<Page<Quarantined>> after(Page<Quarantined> page) {
    Token next = page.next();
    return next == null ? Optional.empty() : page(next);
  }

  private Optional<Page<Quarantined>> page(@Nullable Token token) {
    return Optional.of(parts.calling(() -> queries().quarantined(token)));
  }

  private InstanceQueries queries() {
    return parts.hub().queries();
  }

  boolean requeue(String id) {
    MessageId message = parse(id);
    if (find(message).isEmpty()) {
      return false;
    }
    // a repeat after a lost answer says that it is not there
    boolean unused = parts.calling(() -> queries().requeue(message));
    return true;
  }

  boolean drop(String id) {
    MessageId message = parse(id);
    Optional<Quarantined> found = find(message);
    if (found.isEmpty()) {
      return false;
    }
    // first, since after a crash between the two the message is still there to be dropped
    tell(found.get());
    boolean unused = parts.calling(() -> queries().drop(message));
    return true;
  }

  private Optional<Quarantined> find(MessageId id) {
    return all().filter(q -> q.message().id().equals(id)).findFirst();
  }

  private static MessageId parse(String id) {
    try {
      return new MessageId(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      throw new DurableException("'" + id + "' is no message's id; see quarantined()");
    }
  }

  /** Tells who waits for the message that it will not come. */
  private void tell(Quarantined dropped) {
    Message m = dropped.message();
    EventBody body = m.event().body();
    if (body instanceof TaskScheduled) {
      send(m, m.id().answer(), new TaskFailed(m.event().eventId(), m.id(), failure(dropped)));
    } else if (body instanceof TaskCompleted t) {
      send(m, m.id(), new TaskFailed(t.taskScheduledId(), t.answers(), failure(dropped)));
    } else if (body instanceof TaskFailed t) {
      send(m, m.id(), new TaskFailed(t.taskScheduledId(), t.answers(), failure(dropped)));
    } else if (body instanceof ExecutionStarted) {
      String why = "Its start was dropped from quarantine: " + dropped.why().message();
      send(m, MessageId.derived("dropped", m.id()), new ExecutionTerminated(why, false));
    } else if (body instanceof EventRaised e && m.to().instance().isEntity()) {
      DroppedRequest.tell(parts, m, e, failure(dropped));
    }
  }

  private static FailureDetails failure(Quarantined dropped) {
    FailureDetails why = dropped.why();
    return new FailureDetails(
        why.type(),
        "Dropped from quarantine: " + why.message(),
        null,
        null,
        true,
        why.properties());
  }

  private void send(Message dropped, MessageId id, EventBody body) {
    Instant now = parts.drive().now();
    Message answer = new Message(dropped.to(), null, HistoryEvent.of(now, id, body));
    Outbound out = new Outbound(answer, parts.queueOf(dropped.to().instance()), now, false);
    parts.calling(() -> parts.hub().messages().send(List.of(out), Duration.ofSeconds(1)));
  }

  private static QuarantinedMessage shown(Quarantined q) {
    Message m = q.message();
    EventBody body = m.event().body();
    return new QuarantinedMessage(
        m.id().toString(),
        body.kind(),
        m.to().instance().value(),
        name(body),
        q.why(),
        q.times(),
        q.since());
  }

  private static String name(EventBody body) {
    if (body instanceof TaskScheduled t) {
      return t.name();
    } else if (body instanceof EventRaised e) {
      return e.name();
    }
    return body instanceof ExecutionStarted s ? s.name() : "";
  }
}
