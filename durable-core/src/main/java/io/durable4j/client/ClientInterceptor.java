package io.durable4j.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the calls of a client that change something; reading is not intercepted. Called on
 * the caller's thread, from many at once. It may hand another call on, or none; what it throws goes
 * to the caller.
 */
public interface ClientInterceptor {
  /**
   * An orchestration is started. Headers that are added to the options travel with it.
   *
   * @param call what is asked for
   * @param next goes on to the next interceptor, at last to the client
   * @return the started instance
   */
  default InstanceHandle<?> start(Start call, Function<Start, InstanceHandle<?>> next) {
    return next.apply(call);
  }

  /**
   * An event is sent.
   *
   * @param call what is asked for
   * @param next goes on to the next interceptor, at last to the client
   */
  default void raise(Raise call, Consumer<Raise> next) {
    next.accept(call);
  }

  /**
   * An entity is signalled.
   *
   * @param call what is asked for
   * @param next goes on to the next interceptor, at last to the client
   */
  default void signal(Signal call, Consumer<Signal> next) {
    next.accept(call);
  }

  /**
   * An instance is steered.
   *
   * @param call what is asked for
   * @param next goes on to the next interceptor, at last to the client
   */
  default void control(Control call, Consumer<Control> next) {
    next.accept(call);
  }

  /**
   * A start.
   *
   * @param orchestrator the orchestrator's name; for information, another one changes nothing
   * @param input the input, or null
   * @param options id, time, tags, headers, version, reuse policy
   */
  record Start(String orchestrator, @Nullable Object input, StartOptions options) {}

  /**
   * An event.
   *
   * @param instanceId to whom; for information, another one changes nothing
   * @param event the event's name; for information, another one changes nothing
   * @param payload what it carries, or null
   */
  record Raise(String instanceId, String event, @Nullable Object payload) {}

  /**
   * A signal.
   *
   * @param entity the instance id of the entity; for information, another one changes nothing
   * @param operation the operation's name; for information, another one changes nothing
   * @param arguments the operation's arguments; unmodifiable
   * @param options id, time
   */
  record Signal(
      String entity, String operation, List<@Nullable Object> arguments, SignalOptions options) {
    /** Copies the list. */
    public Signal {
      arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }
  }

  /**
   * A request to an instance.
   *
   * @param instanceId to whom; for information, another one changes nothing
   * @param operation the method's name, like {@code terminate}; for information
   * @param reason the reason
   */
  record Control(String instanceId, String operation, String reason) {}
}
