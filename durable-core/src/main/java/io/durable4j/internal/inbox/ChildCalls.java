package io.durable4j.internal.inbox;

import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The children that an execution called and waits for, or waited for. One thread at a time. */
public final class ChildCalls {
  private final List<Call> calls = new ArrayList<>(1);
  private final List<Call> failed = new ArrayList<>(0);

  /** A call that asked for a child; {@code request} is the message that did. */
  private record Call(int action, InstanceId child, @Nullable MessageId request) {}

  ChildCalls() {}

  void created(HistoryEvent action, SubOrchestrationCreated call) {
    if (!call.detached()) {
      calls.add(new Call(action.eventId(), call.instance(), action.message()));
    }
  }

  void failed(int action) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (calls.get(i).action == action) {
        failed.add(calls.get(i));
        return;
      }
    }
  }

  /**
   * Those that were called, but for detached ones.
   *
   * @return their ids, each once, in the order of the first calls
   */
  public Set<InstanceId> instances() {
    Set<InstanceId> all = new LinkedHashSet<>();
    calls.forEach(c -> all.add(c.child));
    return all;
  }

  /**
   * The requests of the calls of one child.
   *
   * @param child its id
   * @return the messages by the number of the call
   */
  public Map<Integer, MessageId> requests(InstanceId child) {
    Map<Integer, MessageId> found = new LinkedHashMap<>();
    for (Call c : calls) {
      if (c.request != null && c.child.equals(child)) {
        found.put(c.action, c.request);
      }
    }
    return found;
  }

  /**
   * The call of one child that was the last to fail.
   *
   * @param child its id
   * @return its request; null when none has failed
   */
  public @Nullable MessageId lastFailed(InstanceId child) {
    for (int i = failed.size() - 1; i >= 0; i--) {
      Call c = failed.get(i);
      if (c.request != null && c.child.equals(child)) {
        return c.request;
      }
    }
    return null;
  }

  /** How many calls there were. */
  int count() {
    return calls.size();
  }
}
