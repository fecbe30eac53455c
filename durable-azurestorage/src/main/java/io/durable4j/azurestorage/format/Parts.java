package io.durable4j.azurestorage.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.MessageId;
import io.durable4j.message.Address;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects within events as JSON: with the names of their types in messages, without in tables.
 *
 * @param typed whether types are named
 */
record Parts(boolean typed) {
  private void begin(JsonGenerator g, String type) throws IOException {
    g.writeStartObject();
    if (typed) {
      g.writeStringField(Members.TYPE, type);
    }
  }

  void instance(JsonGenerator g, Address a) throws IOException {
    begin(g, Family.INSTANCE);
    g.writeStringField("InstanceId", a.instance().value());
    ExecutionId execution = a.execution();
    g.writeStringField("ExecutionId", execution == null ? null : execution.value());
    g.writeEndObject();
  }

  void parent(JsonGenerator g, @Nullable ParentLink p) throws IOException {
    if (p == null) {
      g.writeNull();
      return;
    }
    begin(g, Family.PARENT);
    g.writeStringField("Name", p.name());
    g.writeFieldName("OrchestrationInstance");
    instance(g, new Address(p.instance(), p.execution()));
    g.writeNumberField("TaskScheduleId", p.taskScheduledId());
    g.writeStringField("Version", "");
    id(g, Extras.REQUEST, p.request());
    id(g, Extras.RETRY_OF, p.retryOf());
    g.writeEndObject();
  }

  private static void id(JsonGenerator g, String name, @Nullable MessageId id) throws IOException {
    if (id != null) {
      g.writeStringField(name, id.toString());
    }
  }

  static @Nullable ParentLink parent(@Nullable Members m) {
    if (m == null) {
      return null;
    }
    Address parent = m.instance("OrchestrationInstance");
    if (parent == null) {
      throw new DurableException("The parent has no instance id");
    }
    ExecutionId execution = parent.execution();
    String name = m.text("Name");
    return new ParentLink(
        parent.instance(),
        execution == null ? new ExecutionId("") : execution,
        name == null ? "" : name,
        m.number("TaskScheduleId", -1),
        m.id(Extras.REQUEST),
        m.id(Extras.RETRY_OF));
  }

  void failure(JsonGenerator g, @Nullable FailureDetails f) throws IOException {
    if (f == null) {
      g.writeNull();
      return;
    }
    begin(g, Family.FAILURE);
    g.writeStringField("ErrorType", f.type());
    g.writeStringField("ErrorMessage", f.message());
    g.writeStringField("StackTrace", f.stack());
    g.writeFieldName("InnerFailure");
    failure(g, f.cause());
    g.writeBooleanField("IsNonRetriable", f.nonRetriable());
    g.writeFieldName("Properties");
    Json.value(g, f.properties().isEmpty() ? null : new TreeMap<>(f.properties()));
    g.writeEndObject();
  }

  static @Nullable FailureDetails failure(@Nullable Members m) {
    if (m == null) {
      return null;
    }
    String type = m.text("ErrorType");
    String message = m.text("ErrorMessage");
    Members properties = m.object("Properties");
    return new FailureDetails(
        type == null ? "" : type,
        message == null ? "" : message,
        m.text("StackTrace"),
        failure(m.object("InnerFailure")),
        m.flag("IsNonRetriable"),
        properties == null ? Map.of() : properties.values());
  }

  static void tags(JsonGenerator g, Map<String, String> tags) throws IOException {
    Json.value(g, tags.isEmpty() ? null : new TreeMap<>(tags));
  }
}
