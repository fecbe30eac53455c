package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.contract.Contract;
import java.lang.reflect.Type;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What episodes of one execution learn once for all of them: values that no code can change, by the
 * number of the action that ended with them, or else by the very payload that holds them. The owner
 * gives it with each episode of the execution, with the same event objects in the past as before,
 * and forgets it when a turn was not committed.
 *
 * <p>The first episode that is given a memo fills it and looks at everything, as a cold one does.
 * Later ones neither encode nor compare what the code gives to actions that are recorded already.
 * Not thread-safe.
 */
public final class Memo {
  private static final int BYTES_A_VALUE = 96;
  private static final int BYTES_A_RESULT = 32;

  private final Immutables immutables = new Immutables();
  private final IdentityHashMap<Payload, Value> values = new IdentityHashMap<>();
  private final Stage stage = new Stage();
  private Results results = new Results();
  private RepeatedTasks tasks = new RepeatedTasks();
  private final Map<Class<?>, Contract> contracts = new HashMap<>();
  private final BitSet refused = new BitSet();
  private Past past = new Past();
  private boolean filled;
  private EpisodeResult.@Nullable StatusChange status;
  private long bytes;

  private record Value(Type type, Object value) {}

  /** Creates an empty memo. */
  public Memo() {}

  /**
   * About how much it holds, beside the events themselves.
   *
   * @return bytes
   */
  public long bytes() {
    return bytes + past.bytes() + results.bytes() + tasks.bytes();
  }

  /** What it knows of this history; nothing when it is another one than before. */
  Past past(List<HistoryEvent> history) {
    if (!past.isBeginOf(history)) {
      past = new Past();
      results = new Results();
      tasks = new RepeatedTasks();
      filled = false;
    }
    return past;
  }

  /** Whether an episode has gone through all that is recorded. */
  boolean isFilled() {
    return filled;
  }

  /** An episode has ended, and its effects are about to be recorded. */
  void fill(EpisodeResult.@Nullable StatusChange lastStatus) {
    filled = true;
    status = lastStatus;
  }

  /** What the last episode left as custom status. */
  EpisodeResult.@Nullable StatusChange status() {
    return status;
  }

  /** An activity interface, which is dear to read. */
  Contract contract(Class<?> type) {
    return contracts.computeIfAbsent(type, Contract::of);
  }

  Immutables immutables() {
    return immutables;
  }

  @Nullable Object get(Payload payload, Type type) {
    Value known = values.get(payload);
    return known != null && known.type.equals(type) ? known.value : null;
  }

  void put(Payload payload, Type type, Object value) {
    if (values.put(payload, new Value(type, value)) == null) {
      bytes += BYTES_A_VALUE + 2L * payload.text().length();
    }
  }

  /** Where the tasks that are kept find the episode that runs. */
  Stage stage() {
    return stage;
  }

  /** The task that former episodes had for this call in this form; null when there is none. */
  @SuppressWarnings("unchecked") // the form says what the task gives
  <V extends @Nullable Object> @Nullable TaskCell<V> task(
      int number, String name, Type result, List<Class<? extends Exception>> declared) {
    TaskCell<?> kept = tasks.get(number);
    return kept != null
            && kept.origin() instanceof ActivityCall<?> call
            && call.is(name, result, declared)
        ? (TaskCell<V>) kept
        : null;
  }

  /** Keeps the task of a call that has ended for the episodes to come. */
  void putTask(int number, TaskCell<?> task) {
    tasks.put(number, task);
  }

  /** The value with which an action ended, as this type; null when it is not known. */
  @Nullable Object result(int number, Type type) {
    return results.get(number, type);
  }

  void putResult(int number, Payload from, Type type, Object value) {
    if (results.put(number, type, value)) {
      bytes += BYTES_A_RESULT + 2L * from.text().length();
    }
  }

  /** Something that was to go with the next action could not be encoded, so that none was made. */
  void refuse(int nextId) {
    refused.set(nextId);
    tasks.forget(nextId);
  }

  /** Whether an action of this number may stand behind one that was refused. */
  boolean wasRefused(int nextId) {
    return refused.get(nextId);
  }
}
