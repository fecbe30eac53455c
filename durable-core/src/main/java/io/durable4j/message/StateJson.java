package io.durable4j.message;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance's state as one flat JSON object. */
final class StateJson {
  private StateJson() {}

  static void write(JsonOut out, InstanceState s) throws IOException {
    out.begin();
    start(out, s);
    progress(out, s);
    out.end();
  }

  static void writeStart(JsonOut out, InstanceState s) throws IOException {
    out.begin();
    start(out, s);
    out.end();
  }

  static void writeProgress(JsonOut out, InstanceState s) throws IOException {
    out.begin();
    progress(out, s);
    out.end();
  }

  private static void start(JsonOut out, InstanceState s) throws IOException {
    InstanceState.Start start = s.start();
    out.text("instance", s.id().value());
    out.text("execution", s.execution().value());
    out.text("name", start.name());
    out.text("version", start.version());
    out.payload("input", start.input());
    out.tags(start.tags());
    EventJson.writeParent(out, start.parent());
    out.time("createdAt", start.createdAt());
    out.time("scheduledFor", start.scheduledFor());
    out.number("generation", start.generation());
  }

  private static void progress(JsonOut out, InstanceState s) throws IOException {
    InstanceState.Progress p = s.progress();
    out.text("status", p.status().name());
    out.time("updatedAt", p.updatedAt());
    out.time("completedAt", p.completedAt());
    out.payload("output", p.output());
    out.failure("failure", p.failure());
    out.payload("customStatus", p.customStatus());
    awaited(out, p.awaitedEvents());
    InstanceState.Parked parked = p.parked();
    if (parked != null) {
      out.begin("parked");
      out.text("reason", parked.reason());
      out.time("since", parked.since());
      out.end();
    }
    consumed(out, s.consumed());
  }

  private static void awaited(JsonOut out, List<String> names) throws IOException {
    if (!names.isEmpty()) {
      out.generator().writeArrayFieldStart("awaitedEvents");
      for (String name : names) {
        out.generator().writeString(name);
      }
      out.generator().writeEndArray();
    }
  }

  private static void consumed(JsonOut out, List<MessageId> ids) throws IOException {
    if (!ids.isEmpty()) {
      out.generator().writeArrayFieldStart("consumed");
      for (MessageId id : ids) {
        out.id(id);
      }
      out.generator().writeEndArray();
    }
  }

  static InstanceState read(Members m) {
    return new InstanceState(
        new InstanceId(m.need("instance")),
        new ExecutionId(m.need("execution")),
        new InstanceState.Start(
            m.need("name"),
            m.need("version"),
            m.payload("input"),
            m.tags(),
            EventJson.readParent(m),
            m.needTime("createdAt"),
            m.time("scheduledFor"),
            m.number("generation", 0)),
        new InstanceState.Progress(
            OrchestrationStatus.valueOf(m.need("status")),
            m.needTime("updatedAt"),
            m.time("completedAt"),
            m.payload("output"),
            m.failure("failure"),
            m.payload("customStatus"),
            m.texts("awaitedEvents"),
            parked(m.object("parked"))),
        m.texts("consumed").stream().map(id -> new MessageId(UUID.fromString(id))).toList());
  }

  private static InstanceState.@Nullable Parked parked(@Nullable Members m) {
    return m == null ? null : new InstanceState.Parked(m.need("reason"), m.needTime("since"));
  }
}
