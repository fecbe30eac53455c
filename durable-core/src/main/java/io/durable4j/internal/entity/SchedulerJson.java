package io.durable4j.internal.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an entity keeps, as JSON. */
final class SchedulerJson {
  private @Nullable Payload state;
  private final List<Request> queue = new ArrayList<>();
  private @Nullable InstanceId lockedBy;
  private @Nullable String lockId;
  private final Map<InstanceId, Instant> lastSent = new TreeMap<>();
  private final Map<InstanceId, Sorting.Received> received = new TreeMap<>();
  private @Nullable Instant receiveHorizon;
  private @Nullable Instant sendHorizon;

  private SchedulerJson() {}

  static void write(JsonGenerator g, Scheduler s) throws IOException {
    g.writeStartObject();
    Payload kept = s.state();
    if (kept != null) {
      g.writeBooleanField("exists", true);
      g.writeStringField("state", kept.text());
    }
    if (!s.queue().isEmpty()) {
      g.writeArrayFieldStart("queue");
      for (Request r : s.queue()) {
        RequestJson.write(g, r);
      }
      g.writeEndArray();
    }
    InstanceId holder = s.lockedBy();
    Members.text(g, "lockedBy", holder == null ? null : holder.value());
    Members.text(g, "lockId", s.lockId());
    g.writeFieldName("sorter");
    write(g, s.sorting());
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, Sorting s) throws IOException {
    g.writeStartObject();
    if (!s.lastSent().isEmpty()) {
      g.writeObjectFieldStart("LastSentToInstance");
      for (var e : s.lastSent().entrySet()) {
        g.writeStringField(e.getKey().value(), EntityTime.write(e.getValue()));
      }
      g.writeEndObject();
    }
    if (!s.received().isEmpty()) {
      g.writeObjectFieldStart("ReceivedFromInstance");
      for (var e : s.received().entrySet()) {
        g.writeFieldName(e.getKey().value());
        write(g, e.getValue());
      }
      g.writeEndObject();
    }
    if (s.receiveHorizon() != null) {
      g.writeStringField("ReceiveHorizon", EntityTime.write(s.receiveHorizon()));
    }
    if (s.sendHorizon() != null) {
      g.writeStringField("SendHorizon", EntityTime.write(s.sendHorizon()));
    }
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, Sorting.Received r) throws IOException {
    g.writeStartObject();
    g.writeStringField("Last", EntityTime.write(r.last()));
    ExecutionId execution = r.execution();
    Members.text(g, "ExecutionId", execution == null ? null : execution.value());
    if (!r.since().equals(Instant.MIN)) {
      g.writeStringField("since", EntityTime.write(r.since()));
    }
    if (!r.buffered().isEmpty()) {
      g.writeObjectFieldStart("Buffered");
      for (var e : r.buffered().entrySet()) {
        g.writeFieldName(EntityTime.write(e.getKey()));
        RequestJson.write(g, e.getValue());
      }
      g.writeEndObject();
    }
    g.writeEndObject();
  }

  /** Reads the object, or null, that the parser is at. */
  static Scheduler read(JsonParser p) throws IOException {
    SchedulerJson members = new SchedulerJson();
    Members.each(p, members::member);
    return new Scheduler(
        members.state,
        members.queue,
        members.lockedBy,
        members.lockId,
        new Sorting(
            members.lastSent, members.received, members.receiveHorizon, members.sendHorizon));
  }

  private void member(JsonParser p, String name) throws IOException {
    switch (name) {
      case "state" -> state = Members.payload(p);
      case "queue" -> queue(p);
      case "lockedBy" -> lockedBy = Members.instance(p);
      case "lockId" -> lockId = Members.text(p);
      case "sorter" -> Members.each(p, this::ofSorter);
      default -> p.skipChildren();
    }
  }

  private void queue(JsonParser p) throws IOException {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (p.currentToken() != JsonToken.START_ARRAY) {
      throw new DurableException("the queue is no list");
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      queue.add(RequestJson.read(p));
    }
  }

  private void ofSorter(JsonParser p, String name) throws IOException {
    switch (name) {
      case "LastSentToInstance" ->
          Members.each(
              p,
              (at, id) -> {
                Instant time = EntityTime.parse(Members.text(at));
                if (time != null) {
                  lastSent.put(new InstanceId(id), time);
                }
              });
      case "ReceivedFromInstance" ->
          Members.each(p, (at, id) -> received.put(new InstanceId(id), ReceivedJson.read(at)));
      case "ReceiveHorizon" -> receiveHorizon = EntityTime.parse(Members.text(p));
      case "SendHorizon" -> sendHorizon = EntityTime.parse(Members.text(p));
      default -> p.skipChildren();
    }
  }

  /** What came from one instance. */
  private static final class ReceivedJson {
    private Instant last = Instant.MIN;
    private Instant since = Instant.MIN;
    private @Nullable String execution;
    private final Map<Instant, Request> buffered = new TreeMap<>();

    static Sorting.Received read(JsonParser p) throws IOException {
      ReceivedJson members = new ReceivedJson();
      Members.each(p, members::member);
      return new Sorting.Received(
          members.last,
          members.execution == null ? null : new ExecutionId(members.execution),
          members.buffered,
          members.since);
    }

    private void member(JsonParser p, String name) throws IOException {
      switch (name) {
        case "Last" -> {
          Instant time = EntityTime.parse(Members.text(p));
          last = time == null ? Instant.MIN : time;
        }
        case "ExecutionId" -> execution = Members.text(p);
        case "since" -> since = Members.need(EntityTime.parse(Members.text(p)), "since");
        case "Buffered" ->
            Members.each(
                p,
                (at, time) ->
                    buffered.put(
                        Members.need(EntityTime.parse(time), "Buffered"), RequestJson.read(at)));
        default -> p.skipChildren();
      }
    }
  }
}
