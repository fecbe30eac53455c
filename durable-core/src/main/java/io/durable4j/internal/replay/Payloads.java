package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.entity.EntityArguments;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values of an episode on their way into history and out of it. */
final class Payloads {
  private final Episode episode;
  private final EpisodeInput input;
  private final @Nullable Memo memo;
  private final Immutables immutables;

  /** Knows what the code gave to recorded actions; null where that has to be looked at. */
  private final @Nullable Memo warm;

  private @Nullable String unreadable;

  Payloads(Episode episode) {
    this.episode = episode;
    this.input = episode.input();
    this.memo = input.memo();
    this.immutables = memo == null ? new Immutables() : memo.immutables();
    this.warm = memo != null && memo.isFilled() && !episode.isTracing() ? memo : null;
  }

  /** Whether what the code gives to recorded actions is not looked at. */
  boolean isWarm() {
    return warm != null;
  }

  /** What no longer reads, in words; null when all does. */
  @Nullable String unreadable() {
    return unreadable;
  }

  @Nullable Payload encode(@Nullable Object value, String what) {
    return checked(what, () -> input.rules().converter().toPayload(value));
  }

  /** What goes with the next action, made only where history does not hold it. */
  @Nullable Payload encodeNext(@Nullable Object value, String what) {
    HistoryEvent known = known();
    return known == null
        ? encode(value, "step " + episode.nextId() + ", " + what)
        : Determinism.inputOf(known);
  }

  /** The arguments of the next action, made only where history does not hold them. */
  @Nullable Payload encodeArguments(String activity, List<@Nullable Object> values) {
    HistoryEvent known = known();
    return known == null
        ? checked(
            "step " + episode.nextId() + ", arguments of " + activity,
            () -> input.rules().converter().toArguments(values))
        : Determinism.inputOf(known);
  }

  /** The next action as recorded, where a former episode has seen that the code fits it. */
  @Nullable HistoryEvent known() {
    int next = episode.nextId();
    return warm == null || warm.wasRefused(next) ? null : episode.timeline().recorded(next);
  }

  /** The same, where it is a call of an activity. */
  @Nullable RecordedCall knownCall() {
    int next = episode.nextId();
    return warm == null || warm.wasRefused(next) ? null : episode.timeline().recordedCall(next);
  }

  /**
   * The task of the next action, where that is known to be a call of this activity; {@code aliases}
   * are its former names. One that has ended in a former episode begins again.
   */
  <V extends @Nullable Object> @Nullable TaskCell<V> repeated(
      String name, List<String> aliases, Type result, List<Class<? extends Exception>> declared) {
    if (warm == null) {
      return null;
    }
    int next = episode.nextId();
    TaskCell<V> kept = warm.task(next, name, result, declared);
    if (kept != null) {
      kept.beginAgain();
      return kept;
    }
    RecordedCall recorded = knownCall();
    if (recorded == null || !recorded.fits(name, aliases)) {
      return null;
    }
    return new TaskCell<>(episode, recorded.as(name, result, declared), next);
  }

  /** Shares the task of a call, if what was read as its value is the same in all episodes. */
  @SuppressWarnings("ReferenceEquality") // the very same value
  boolean share(TaskCell<?> task, @Nullable Object value, Type type) {
    boolean shared = value != null && knownResult(task.number(), type) == value;
    if (shared && memo != null) {
      memo.putTask(task.number(), task);
    }
    return shared;
  }

  /** The custom status that code set when it was here before; null where that is not known. */
  EpisodeResult.@Nullable StatusChange formerStatus() {
    return warm != null && episode.timeline().isReplaying() && !warm.wasRefused(episode.nextId())
        ? warm.status()
        : null;
  }

  private @Nullable Payload checked(String what, Supplier<@Nullable Payload> encoding) {
    Payload payload;
    try {
      payload = encoding.get();
    } catch (PayloadException e) {
      throw refused(label(what) + ": " + e.getMessage(), e);
    }
    int size = payload == null ? 0 : payload.sizeInBytes();
    if (size > input.rules().maxPayload()) {
      throw refused(
          label(what)
              + ": the payload has "
              + size
              + " bytes, the backend's limit is "
              + input.rules().maxPayload(),
          null);
    }
    return payload;
  }

  /** The input of an entity's operation. */
  @Nullable Payload encodeOperation(String what, List<@Nullable Object> values) {
    return checked(
        "step " + episode.nextId() + ", input of " + what,
        () -> EntityArguments.encode(input.rules().converter(), values));
  }

  /** The same check for what was made of a value. */
  void refuseTooLarge(@Nullable Payload payload, String what) {
    checked("step " + episode.nextId() + ", " + what, () -> payload);
  }

  /** What the engine reads out of a payload, once for all warm episodes. */
  <T> T once(Payload payload, Class<T> type, Function<Payload, ? extends T> read) {
    Object known = memo == null ? null : memo.get(payload, type);
    if (known != null) {
      return type.cast(known);
    }
    T value = read.apply(payload);
    if (memo != null) {
      memo.put(payload, type, value);
    }
    return value;
  }

  private PayloadException refused(String why, @Nullable PayloadException cause) {
    if (memo != null) {
      memo.refuse(episode.nextId());
    }
    return new PayloadException(why, cause);
  }

  /**
   * Whether a payload that does not read on replay did read before shows in what the code does
   * next: the exception takes it along its former way, or off the recorded history.
   */
  @Nullable Object decode(@Nullable Payload payload, Type type, Supplier<String> what) {
    Object known = memo == null || payload == null ? null : memo.get(payload, type);
    if (known != null) {
      return known;
    }
    Object value = read(payload, type, what);
    Object shared = value == null ? null : immutables.shareable(value, type);
    if (shared != null && memo != null && payload != null) {
      memo.put(payload, type, shared);
    }
    return shared == null ? value : shared;
  }

  private @Nullable Object read(@Nullable Payload payload, Type type, Supplier<String> what) {
    try {
      return input.rules().converter().fromPayload(payload, type);
    } catch (PayloadException e) {
      String message = label(what.get()) + ": " + e.getMessage();
      if (episode.timeline().isReplaying() && unreadable == null) {
        unreadable = message;
      }
      throw new PayloadException(message, e);
    }
  }

  /** The value of a call's task, which ended with the action of this number. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the converter gives what the type says
  <V extends @Nullable Object> V resultOf(
      TaskCell<V> task, int number, @Nullable Payload result, Type type) {
    Object known = result == null ? null : knownResult(number, type);
    return (V) (known == null ? readResult(task, number, result, type) : known);
  }

  /** The same as former episodes have read it; null where that is not known. */
  @Nullable Object knownResult(int number, Type type) {
    return memo == null ? null : memo.result(number, type);
  }

  private @Nullable Object readResult(
      TaskCell<?> task, int number, @Nullable Payload result, Type type) {
    Object value = read(result, type, () -> task + ", result");
    Object shared = value == null ? null : immutables.shareable(value, type);
    if (shared != null && memo != null && result != null) {
      memo.putResult(number, result, type, shared);
    }
    return shared == null ? value : shared;
  }

  private String label(String what) {
    return "Instance " + input.instance() + ", " + what;
  }
}
