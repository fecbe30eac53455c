package io.durable4j.internal.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as JSON. The id stands early: others look for it by a scan of the text. */
final class RequestJson {
  private @Nullable String id;
  private @Nullable String operation;
  private boolean signal;
  private @Nullable Payload input;
  private @Nullable InstanceId parent;
  private @Nullable String execution;
  private @Nullable Instant due;
  private @Nullable Instant timestamp;
  private @Nullable Instant predecessor;
  private @Nullable String predecessorId;
  private @Nullable List<InstanceId> lockSet;
  private int position;
  private @Nullable String again;

  private RequestJson() {}

  static void write(JsonGenerator g, Request r) throws IOException {
    g.writeStartObject();
    g.writeStringField("op", r.operation());
    if (r.signal()) {
      g.writeBooleanField("signal", true);
    }
    Payload given = r.input();
    Members.text(g, "input", given == null ? null : given.text());
    g.writeStringField("id", r.id());
    Request.Sender sender = r.sender();
    if (sender != null) {
      ExecutionId running = sender.execution();
      g.writeStringField("parent", sender.instance().value());
      Members.text(g, "parentExecution", running == null ? null : running.value());
    }
    if (r.due() != null) {
      g.writeStringField("due", EntityTime.write(r.due()));
    }
    g.writeStringField("Timestamp", EntityTime.write(r.stamp().timestamp()));
    g.writeStringField("Predecessor", EntityTime.write(r.stamp().predecessor()));
    Members.text(g, "predecessorId", r.stamp().predecessorId());
    Request.Lock lock = r.lock();
    if (lock != null) {
      Members.entities(g, "lockset", lock.set());
      if (lock.position() != 0) {
        g.writeNumberField("pos", lock.position());
      }
      Members.text(g, "lockId", lock.again());
    }
    g.writeBooleanField("IsLockRequest", lock != null);
    g.writeBooleanField("createTrace", false);
    g.writeEndObject();
  }

  /** Reads the object that the parser is at. */
  static Request read(JsonParser p) throws IOException {
    RequestJson members = new RequestJson();
    Members.each(p, members::member);
    return members.request();
  }

  private void member(JsonParser p, String name) throws IOException {
    switch (name) {
      case "op" -> operation = Members.text(p);
      case "signal" -> signal = p.getValueAsBoolean();
      case "input" -> input = Members.payload(p);
      case "id" -> id = Members.text(p);
      case "parent" -> parent = Members.instance(p);
      case "parentExecution" -> execution = Members.text(p);
      case "due" -> due = EntityTime.parse(Members.text(p));
      case "Timestamp" -> timestamp = EntityTime.parse(Members.text(p));
      case "Predecessor" -> predecessor = EntityTime.parse(Members.text(p));
      case "predecessorId" -> predecessorId = Members.text(p);
      case "lockset" -> lockSet = Members.entities(p);
      case "lockId" -> again = Members.text(p);
      case "pos" -> position = p.getValueAsInt();
      default -> p.skipChildren();
    }
  }

  private Request request() {
    InstanceId from = parent;
    Request.Stamp stamp =
        timestamp == null && predecessor == null
            ? Request.Stamp.NONE
            : new Request.Stamp(timestamp, predecessor, predecessorId);
    return new Request(
        Members.need(id, "id"),
        lockSet == null ? Members.need(operation, "op") : operation,
        signal,
        input,
        from == null
            ? null
            : new Request.Sender(from, execution == null ? null : new ExecutionId(execution)),
        due,
        stamp,
        lock(from));
  }

  private Request.@Nullable Lock lock(@Nullable InstanceId from) {
    if (lockSet == null) {
      return null;
    }
    if (from == null) {
      throw new DurableException("it is a lock for nobody");
    }
    if (position < 0 || position >= lockSet.size()) {
      throw new DurableException(
          "it is a lock at place " + position + " of " + lockSet.size() + " entities");
    }
    return new Request.Lock(lockSet, position, again);
  }
}
