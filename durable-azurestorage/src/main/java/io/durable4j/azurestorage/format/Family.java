package io.durable4j.azurestorage.format;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.OrchestrationStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The family's names and numbers of kinds of events and of statuses. */
final class Family {
  static final String MESSAGE_DATA = "DurableTask.AzureStorage.MessageData";
  static final String TASK_MESSAGE = "DurableTask.Core.TaskMessage";
  static final String INSTANCE = "DurableTask.Core.OrchestrationInstance";
  static final String CONTEXT = "DurableTask.Core.OrchestrationExecutionContext";
  static final String PARENT = "DurableTask.Core.ParentInstance";
  static final String FAILURE = "DurableTask.Core.FailureDetails";
  static final String CONTINUE_AS_NEW = "ContinueAsNew";

  private static final String EVENT = "DurableTask.Core.History.";
  private static final String EVENT_END = "Event";
  private static final String OURS = "SubOrchestration";
  private static final String THEIRS = "SubOrchestrationInstance";

  /** The kinds by their numbers. */
  private static final List<String> KINDS =
      List.of(
          "ExecutionStarted",
          "ExecutionCompleted",
          "ExecutionFailed",
          "ExecutionTerminated",
          "TaskScheduled",
          "TaskCompleted",
          "TaskFailed",
          "SubOrchestrationInstanceCreated",
          "SubOrchestrationInstanceCompleted",
          "SubOrchestrationInstanceFailed",
          "TimerCreated",
          "TimerFired",
          "OrchestratorStarted",
          "OrchestratorCompleted",
          "EventSent",
          "EventRaised",
          CONTINUE_AS_NEW,
          "GenericEvent",
          "HistoryState",
          "ExecutionSuspended",
          "ExecutionResumed",
          "ExecutionRewound");

  /** The statuses by their numbers. */
  private static final List<String> STATUSES =
      List.of(
          "Running",
          "Completed",
          "ContinuedAsNew",
          "Failed",
          "Canceled",
          "Terminated",
          "Pending",
          "Suspended");

  private Family() {}

  /** The family's name of an event's kind. */
  static String nameOf(EventBody body) {
    if (body instanceof Unknown u) {
      return u.type();
    }
    if (body instanceof ExecutionCompleted c
        && c.status() == OrchestrationStatus.CONTINUED_AS_NEW) {
      return CONTINUE_AS_NEW;
    }
    String kind = body.kind();
    return kind.startsWith(OURS) ? THEIRS + kind.substring(OURS.length()) : kind;
  }

  /** The number of a kind; below 0 when it is unknown. */
  static int numberOf(String kind) {
    return KINDS.indexOf(kind);
  }

  /** The kind of a number; null when it is unknown. */
  static @Nullable String kindOf(int number) {
    return number >= 0 && number < KINDS.size() ? KINDS.get(number) : null;
  }

  /** The type that a message names for a kind. */
  static String typeOf(String kind) {
    return kind.endsWith(EVENT_END) ? EVENT + kind : EVENT + kind + EVENT_END;
  }

  /** The kind that a type stands for; an assembly behind the name does not matter. */
  static String kindOfType(String type) {
    int comma = type.indexOf(',');
    String name = (comma < 0 ? type : type.substring(0, comma)).trim();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    if (numberOf(simple) >= 0 || !simple.endsWith(EVENT_END)) {
      return simple;
    }
    return simple.substring(0, simple.length() - EVENT_END.length());
  }

  static String nameOf(OrchestrationStatus status) {
    return STATUSES.get(numberOf(status));
  }

  static int numberOf(OrchestrationStatus status) {
    return switch (status) {
      case RUNNING -> 0;
      case COMPLETED -> 1;
      case CONTINUED_AS_NEW -> 2;
      case FAILED -> 3;
      case CANCELED -> 4;
      case TERMINATED -> 5;
      case PENDING -> 6;
      case SUSPENDED -> 7;
    };
  }

  /** The status of a name or a number; null when it is unknown. */
  static @Nullable OrchestrationStatus status(@Nullable Object nameOrNumber) {
    String name = nameOrNumber instanceof Number ? null : String.valueOf(nameOrNumber);
    for (OrchestrationStatus s : OrchestrationStatus.values()) {
      boolean named = name != null && nameOf(s).equalsIgnoreCase(name);
      if (named || (nameOrNumber instanceof Number n && n.intValue() == numberOf(s))) {
        return s;
      }
    }
    return null;
  }
}
