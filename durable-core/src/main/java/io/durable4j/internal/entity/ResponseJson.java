package io.durable4j.internal.entity;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.InstanceId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response as JSON; hosts of an older kind write exceptions of their platform. */
final class ResponseJson {
  private @Nullable Payload result;
  private @Nullable String exceptionType;
  private @Nullable FailureDetails failure;
  private List<InstanceId> locked = List.of();
  private @Nullable String lockId;

  private ResponseJson() {}

  static void write(JsonGenerator g, Response r) throws IOException {
    g.writeStartObject();
    Payload value = r.result();
    g.writeStringField("result", value == null ? null : value.text());
    FailureDetails f = r.failure();
    if (f != null) {
      g.writeFieldName("failureDetails");
      write(g, f);
    }
    if (!r.locked().isEmpty()) {
      Members.entities(g, "locked", r.locked());
      Members.text(g, "lockId", r.lockId());
    }
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, FailureDetails f) throws IOException {
    g.writeStartObject();
    g.writeStringField("ErrorType", f.type());
    g.writeStringField("ErrorMessage", f.message());
    g.writeStringField("StackTrace", f.stack());
    g.writeFieldName("InnerFailure");
    FailureDetails cause = f.cause();
    if (cause == null) {
      g.writeNull();
    } else {
      write(g, cause);
    }
    g.writeBooleanField("IsNonRetriable", f.nonRetriable());
    g.writeFieldName("Properties");
    if (f.properties().isEmpty()) {
      g.writeNull();
    } else {
      Members.MAPPER.writeValue(g, f.properties());
    }
    g.writeEndObject();
  }

  /** Reads the object that the parser is at. */
  static Response read(JsonParser p) throws IOException {
    ResponseJson members = new ResponseJson();
    Members.each(p, members::member);
    return members.response();
  }

  private void member(JsonParser p, String name) throws IOException {
    switch (name) {
      case "result" -> result = Members.payload(p);
      case "exceptionType" -> exceptionType = Members.text(p);
      case "failureDetails" -> failure = failure(Members.MAPPER.readTree(p));
      case "lockId" -> lockId = Members.text(p);
      case "locked" -> {
        List<InstanceId> all = Members.entities(p);
        locked = all == null ? List.of() : all;
      }
      default -> p.skipChildren();
    }
  }

  private Response response() {
    if (failure != null) {
      return new Response(null, failure, locked);
    }
    return exceptionType == null
        ? new Response(result, null, locked, lockId)
        : new Response(null, former(exceptionType, result), locked);
  }

  private static @Nullable FailureDetails failure(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return null;
    }
    String type = text(node, "ErrorType");
    String message = text(node, "ErrorMessage");
    return new FailureDetails(
        type == null ? "Unknown" : type,
        message == null ? "" : message,
        text(node, "StackTrace"),
        failure(node.get("InnerFailure")),
        node.path("IsNonRetriable").asBoolean(),
        properties(node.path("Properties")));
  }

  private static Map<String, Object> properties(JsonNode node) {
    Map<String, Object> all = new TreeMap<>();
    for (var e : node.properties()) {
      if (!e.getValue().isNull()) {
        all.put(e.getKey(), Members.MAPPER.convertValue(e.getValue(), Object.class));
      }
    }
    return all;
  }

  /** The exception of an older host: its type, and an object of its platform, or only words. */
  private static FailureDetails former(String type, @Nullable Payload exception) {
    String text = exception == null ? "" : exception.text();
    JsonNode node = object(text);
    String message = node == null ? null : text(node, "Message");
    String stack = node == null ? null : text(node, "StackTraceString");
    return new FailureDetails(type, message == null ? text : message, stack, null, false, Map.of());
  }

  private static @Nullable JsonNode object(String text) {
    try {
      JsonNode node = Members.MAPPER.readTree(text);
      return node.isObject() ? node : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode value = node.get(member);
    return value == null || value.isNull() ? null : value.asText();
  }
}
