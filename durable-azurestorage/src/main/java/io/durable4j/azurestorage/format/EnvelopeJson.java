package io.durable4j.azurestorage.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.durable4j.data.DurableException;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON of messages in queues. */
final class EnvelopeJson {
  private static final UUID NO_ID = new UUID(0, 0);
  private static final String BLOB = "CompressedBlobName";
  private static final String TASK_MESSAGE = "TaskMessage";

  private EnvelopeJson() {}

  static String write(Envelope e) {
    return Json.write(g -> write(g, e));
  }

  private static void write(JsonGenerator g, Envelope e) throws IOException {
    Message m = e.message();
    Address to = target(m);
    g.writeStartObject();
    g.writeStringField(Members.TYPE, Family.MESSAGE_DATA);
    g.writeStringField("ActivityId", e.activityId().toString());
    g.writeFieldName(TASK_MESSAGE);
    taskMessage(g, m, to);
    g.writeNullField(BLOB);
    g.writeNumberField("SequenceNumber", e.sequence());
    Integer episode = e.episode();
    if (episode != null) {
      g.writeNumberField("Episode", episode);
    }
    g.writeFieldName("Sender");
    sender(g, m.from());
    g.writeNullField("SerializableTraceContext");
    g.writeStringField(Extras.MESSAGE_ID, m.id().toString());
    ExecutionId addressed = m.to().execution();
    if (to.execution() == null && addressed != null) {
      g.writeStringField(Extras.EXECUTION, addressed.value());
    }
    g.writeEndObject();
  }

  private static void taskMessage(JsonGenerator g, Message m, Address to) throws IOException {
    g.writeStartObject();
    g.writeStringField(Members.TYPE, Family.TASK_MESSAGE);
    g.writeFieldName("Event");
    JsonEvent.write(g, m.event());
    g.writeNumberField("SequenceNumber", 0);
    g.writeFieldName("OrchestrationInstance");
    new Parts(true).instance(g, to);
    g.writeFieldName("OrchestrationExecutionContext");
    context(g, m.event().body());
    g.writeEndObject();
  }

  /** Activities and children get a context. Its tags are the event's own here. */
  private static void context(JsonGenerator g, EventBody body) throws IOException {
    boolean has =
        body instanceof TaskScheduled || (body instanceof ExecutionStarted s && s.parent() != null);
    if (!has) {
      g.writeNull();
      return;
    }
    g.writeStartObject();
    g.writeStringField(Members.TYPE, Family.CONTEXT);
    g.writeObjectFieldStart("OrchestrationTags");
    g.writeEndObject();
    g.writeEndObject();
  }

  /** A client is nobody, but never null: readers of the family would stumble. */
  private static void sender(JsonGenerator g, @Nullable Address from) throws IOException {
    g.writeStartObject();
    if (from == null) {
      g.writeStringField("InstanceId", "");
      g.writeStringField("ExecutionId", "");
    } else {
      ExecutionId execution = from.execution();
      g.writeStringField("InstanceId", from.instance().value());
      g.writeStringField("ExecutionId", execution == null ? null : execution.value());
    }
    g.writeEndObject();
  }

  /** What goes to entities, and what steers, names no execution. */
  private static Address target(Message m) {
    EventBody body = m.event().body();
    boolean current =
        m.to().instance().isEntity()
            || body instanceof ExecutionTerminated
            || body instanceof ExecutionSuspended
            || body instanceof ExecutionResumed
            || body instanceof ExecutionRewound;
    return current ? new Address(m.to().instance(), null) : m.to();
  }

  /** The message that stands for a large one. */
  static String wrapper(String blob) {
    return Json.write(
        g -> {
          g.writeStartObject();
          g.writeStringField(Members.TYPE, Family.MESSAGE_DATA);
          g.writeStringField("ActivityId", NO_ID.toString());
          g.writeNullField(TASK_MESSAGE);
          g.writeStringField(BLOB, blob);
          g.writeNumberField("SequenceNumber", 0);
          g.writeNullField("Sender");
          g.writeNullField("SerializableTraceContext");
          g.writeEndObject();
        });
  }

  /** The blob that holds the message really; null when it is this one. */
  static @Nullable String blobOf(Members m) {
    String blob = m.text(BLOB);
    return blob == null || blob.isEmpty() ? null : blob;
  }

  static Envelope read(Members m, MessageId foreign) {
    Members task = m.needObject(TASK_MESSAGE);
    Address to = task.instance("OrchestrationInstance");
    if (to == null) {
      throw new DurableException("It names no instance");
    }
    String execution = m.text(Extras.EXECUTION);
    if (to.execution() == null && execution != null) {
      to = new Address(to.instance(), new ExecutionId(execution));
    }
    MessageId own = m.id(Extras.MESSAGE_ID);
    MessageId id = own == null ? foreign : own;
    Message message =
        new Message(to, m.instance("Sender"), JsonEvent.read(task.needObject("Event"), id));
    String activity = m.text("ActivityId");
    return new Envelope(
        activity == null ? NO_ID : UUID.fromString(activity),
        message,
        m.get("SequenceNumber") instanceof Number n ? n.longValue() : 0,
        m.get("Episode") instanceof Number n ? (Integer) n.intValue() : null);
  }
}
