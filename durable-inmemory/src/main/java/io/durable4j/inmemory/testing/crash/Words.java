package io.durable4j.inmemory.testing.crash;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionResumed;
import io.durable4j.history.EventBody.ExecutionRewound;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.EventBody.ExecutionSuspended;
import io.durable4j.history.EventBody.ExecutionTerminated;
import io.durable4j.history.EventBody.SubOrchestrationCompleted;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.EventBody.SubOrchestrationFailed;
import io.durable4j.history.EventBody.TaskCompleted;
import io.durable4j.history.EventBody.TaskFailed;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.EventBody.TimerCreated;
import io.durable4j.history.EventBody.TimerFired;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.message.Message;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.TurnCommit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what storage is asked to write, in the words of the workflow's author. */
final class Words {
  private static final Pattern OPERATION = Pattern.compile("\"op\":\"([^\"]*)\"");

  private final Names names;

  /** What each step of each execution is. */
  private final Map<String, String> steps = new LinkedHashMap<>();

  Words(Names names) {
    this.names = names;
  }

  Write start(NewInstance instance) {
    InstanceState state = instance.state();
    String who = names.of(state.id().value(), state.name());
    return write(state.id(), who, "start stored");
  }

  Write purge(InstanceState state) {
    return write(state.id(), names.of(state.id().value(), state.name()), "removed");
  }

  Write sent(List<Outbound> messages) {
    List<String> parts = new ArrayList<>();
    messages.forEach(m -> parts.add(told(m.message())));
    Message first = messages.get(0).message();
    InstanceId to = first.to().instance();
    String what = parts.isEmpty() ? "nothing stored" : String.join("; ", parts) + " stored";
    return new Write(names.of(to.value()), what, to.value(), "", List.of(first.event()), false, "");
  }

  Write commit(TurnCommit commit) {
    InstanceState next = commit.next();
    String id = next.id().value();
    String who = names.of(id, next.name());
    if (next.id().isEntity()) {
      return write(next.id(), who, batch(commit));
    }
    String execution = next.execution().value();
    List<HistoryEvent> events = commit.history().events();
    List<String> parts = new ArrayList<>();
    if (commit.history() instanceof HistoryChange.Restart) {
      parts.add("continued as new");
    } else if (commit.history() instanceof HistoryChange.Rewrite) {
      parts.add("history written anew");
    }
    for (HistoryEvent e : events) {
      String part = part(execution, e);
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    InstanceState.Parked parked = next.progress().parked();
    if (parts.isEmpty()) {
      parts.add(parked == null ? "turn without effect" : "parked: " + parked.reason());
    }
    FailureDetails failure = next.progress().failure();
    return new Write(
        who,
        String.join("; ", parts),
        id,
        execution,
        events,
        !(commit.history() instanceof HistoryChange.Append),
        failure == null ? "" : failure.toString());
  }

  /** A step by its number, with what it does. */
  String step(String execution, int id) {
    return "step " + id + steps.getOrDefault(execution + "/" + id, "");
  }

  private static Write write(InstanceId id, String who, String what) {
    return new Write(who, what, id.value(), "", List.of(), false, "");
  }

  private String part(String execution, HistoryEvent e) {
    EventBody body = e.body();
    String key = execution + "/" + e.eventId();
    if (body instanceof TaskScheduled t) {
      steps.put(key, " " + t.name());
      return step(execution, e.eventId()) + (t.inline() ? " ran and recorded" : " scheduled");
    } else if (body instanceof TimerCreated) {
      steps.put(key, " timer");
      return step(execution, e.eventId()) + " set";
    } else if (body instanceof SubOrchestrationCreated s) {
      steps.put(key, " " + s.name());
      return step(execution, e.eventId()) + " started as a child";
    } else if (body instanceof EventSent s) {
      String operation = s.instance().isEntity() ? operation(s.input()) : "";
      steps.put(key, " " + (operation.isEmpty() ? "event " + s.name() : operation));
      return step(execution, e.eventId()) + " sent to " + names.of(s.instance().value());
    } else if (body instanceof ExecutionCompleted c) {
      return "ended " + c.status();
    }
    return e.message() == null ? "" : arrived(execution, body);
  }

  private String arrived(String execution, EventBody body) {
    if (body instanceof ExecutionStarted) {
      return "begun";
    } else if (body instanceof TaskCompleted t) {
      return step(execution, t.taskScheduledId()) + " result recorded";
    } else if (body instanceof TaskFailed t) {
      return step(execution, t.taskScheduledId()) + " failure recorded";
    } else if (body instanceof SubOrchestrationCompleted t) {
      return step(execution, t.taskScheduledId()) + " result recorded";
    } else if (body instanceof SubOrchestrationFailed t) {
      return step(execution, t.taskScheduledId()) + " failure recorded";
    } else if (body instanceof TimerFired t) {
      return step(execution, t.timerId()) + " fired";
    } else if (body instanceof EventRaised r) {
      return Names.isRandom(r.name()) ? "answer of an entity recorded" : event(r) + " recorded";
    }
    return request(body) + " recorded";
  }

  private String told(Message message) {
    EventBody body = message.event().body();
    if (body instanceof EventRaised r) {
      String operation = operation(r);
      return operation.isEmpty() ? event(r) : "operation " + operation;
    }
    return arrivedAt(message);
  }

  private String arrivedAt(Message message) {
    EventBody body = message.event().body();
    String execution = message.to().execution() == null ? "" : message.to().execution().value();
    if (body instanceof TaskCompleted t) {
      return step(execution, t.taskScheduledId()) + " result";
    } else if (body instanceof TaskFailed t) {
      return step(execution, t.taskScheduledId()) + " failure";
    }
    return request(body);
  }

  private static String request(EventBody body) {
    if (body instanceof ExecutionTerminated) {
      return "request to terminate";
    } else if (body instanceof ExecutionSuspended) {
      return "request to suspend";
    } else if (body instanceof ExecutionResumed) {
      return "request to resume";
    } else if (body instanceof ExecutionRewound) {
      return "request to rewind";
    }
    return body.kind();
  }

  private static String event(EventRaised r) {
    return "event " + r.name();
  }

  private static String operation(EventRaised r) {
    return operation(r.input());
  }

  private static String operation(@Nullable Payload input) {
    Matcher m = OPERATION.matcher(input == null ? "" : input.text());
    return m.find() ? m.group(1) : "";
  }

  private static String batch(TurnCommit commit) {
    Set<String> operations = new LinkedHashSet<>();
    commit
        .consumed()
        .forEach(
            d -> {
              EventBody body = d.message().event().body();
              String name = body instanceof EventRaised r ? operation(r) : "";
              operations.add(name.isEmpty() ? body.kind() : name);
            });
    return "batch of " + String.join(", ", operations);
  }
}
