package io.durable4j.client;

import io.durable4j.history.InstanceState;
import io.durable4j.orchestration.EventRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance, seen from outside. Thread-safe.
 *
 * @param <O> the output
 */
public interface InstanceHandle<O extends @Nullable Object> {
  /**
   * The instance.
   *
   * @return its id
   */
  String id();

  /**
   * Waits for the end and gives the result. Woken at once when the end happens in this process,
   * otherwise by polling.
   *
   * @param limit how long to wait; zero looks once
   * @return the result
   * @throws OrchestrationFailedException when it failed or was terminated
   * @throws ResultTimeoutException when it has not ended in time
   * @throws InstanceNotFoundException when there is no such instance
   */
  O result(Duration limit);

  /**
   * The state now.
   *
   * @return the state
   * @throws InstanceNotFoundException when there is no such instance
   */
  InstanceState state();

  /**
   * The state now, if there is such an instance.
   *
   * @return the state
   */
  Optional<InstanceState> find();

  /**
   * Sends an event; it is durable when this returns, and consumed at most once.
   *
   * @param event which
   * @param payload what it carries
   * @param <P> the payload
   * @throws InstanceNotFoundException when there is no such instance
   * @throws InstanceFinishedException when it has ended
   */
  <P extends @Nullable Object> void raise(EventRef<P> event, P payload);

  /**
   * Asks for the end, without running the orchestrator again. Does nothing to one that has ended.
   *
   * @param why the reason, which becomes the output
   * @throws InstanceNotFoundException when there is no such instance
   */
  void terminate(String why);

  /**
   * Asks for a pause. Once the status is {@code SUSPENDED} no code of the orchestrator runs and
   * nothing new is asked for; what arrives is kept in order. Activities that run go on, children
   * too. Does nothing to one that is suspended or has ended.
   *
   * @param why the reason
   * @throws InstanceNotFoundException when there is no such instance
   */
  void suspend(String why);

  /**
   * Asks to go on with what arrived during the pause. Does nothing to one that is not suspended.
   *
   * @param why the reason
   * @throws InstanceNotFoundException when there is no such instance
   */
  void resume(String why);

  /**
   * Tells a person where the instance is: what it waits for and since when, what is in its mailbox
   * here, why it is parked.
   *
   * @return several lines
   */
  String explain();

  /**
   * The recorded history of the current execution.
   *
   * @return a JSON array of events, with payloads as JSON where they are
   * @throws InstanceNotFoundException when there is no such instance
   */
  String historyJson();
}
