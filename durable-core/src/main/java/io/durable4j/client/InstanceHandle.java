package io.durable4j.client;

import io.durable4j.history.InstanceState;
import io.durable4j.history.RecordedHistory;
import io.durable4j.message.HistoryJson;
import io.durable4j.orchestration.EventRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance, seen from outside. Thread-safe. An entity has a state and an explanation, and no
 * result; what steers an instance or removes it is refused with a {@link
 * NotAnOrchestrationException}.
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
   * otherwise by polling. An instance that another one starts may not be there yet: {@link
   * #awaitStart} waits for that.
   *
   * @param limit how long to wait; zero looks once
   * @return the result
   * @throws OrchestrationFailedException when it failed or was terminated
   * @throws ResultTimeoutException when it has not ended in time
   * @throws InstanceNotFoundException when there is no such instance
   */
  O result(Duration limit);

  /**
   * Waits until the orchestrator has begun, or the instance has ended without it. Waits also for an
   * instance that is not there yet, because an orchestrator or an entity starts it: such a start is
   * a message, which may arrive after the one who sent it has gone on.
   *
   * @param limit how long to wait; zero looks once
   * @return the state, whose status is not {@code PENDING}
   * @throws ResultTimeoutException when it is there and has not begun in time
   * @throws InstanceNotFoundException when there is still no such instance at the limit
   */
  InstanceState awaitStart(Duration limit);

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
  default void terminate(String why) {
    terminate(why, false);
  }

  /**
   * Asks for the end, without running the orchestrator again. Activities of the instance that have
   * not begun are not run any more, and those that run in the process of its worker are
   * interrupted. Does nothing to one that has ended, but for its descendants if these are meant.
   *
   * @param why the reason, which becomes the output
   * @param recursive whether its sub-orchestrations end too, and theirs, those of finished ones
   *     among them
   * @throws InstanceNotFoundException when there is no such instance
   */
  void terminate(String why, boolean recursive);

  /**
   * Asks a failed instance to go on from before its failure. What failed is tried again; what
   * succeeded before is kept, and what was decided after the failure is undone. Results of work
   * that was begun before the rewind and is tried again do not count any more.
   *
   * @param why the reason, for the history
   * @throws InstanceNotFoundException when there is no such instance
   * @throws NotRewindableException when it has not failed
   */
  void rewind(String why);

  /**
   * Starts the instance again from its beginning under its own id: same orchestrator, input,
   * version and tags, a new execution. One that runs is terminated first.
   *
   * @param limit how long to wait for the end of one that runs
   * @return the instance
   * @throws InstanceNotFoundException when there is no such instance
   * @throws InstanceExistsException when somebody else has started one of this id meanwhile
   * @throws ResultTimeoutException when the one that runs has not ended in time
   */
  InstanceHandle<O> restart(Duration limit);

  /**
   * Starts the same again under another id: same orchestrator, input, version and tags. This
   * instance stays as it is, whether it runs or not.
   *
   * @param newId the other id
   * @return the other instance
   * @throws InstanceNotFoundException when there is no such instance
   * @throws InstanceExistsException when the other id is taken
   * @throws io.durable4j.history.InstanceId.InvalidIdException when the other id is malformed, or
   *     begins with {@code @} as only entities' ids do
   */
  InstanceHandle<O> restartAs(String newId);

  /**
   * Removes the instance, which must have ended, with everything it holds. Idempotent. An execution
   * that was started under the id meanwhile stays.
   *
   * @return whether there was one to remove
   * @throws InstanceRunningException when it has not ended
   */
  default boolean purge() {
    return purge(false);
  }

  /**
   * Removes the instance, which must have ended, with everything it holds. Idempotent: when it is
   * interrupted, a further call removes the rest.
   *
   * @param recursive whether descendants are removed too, each before its parent; all of them must
   *     have ended
   * @return whether there was one to remove
   * @throws InstanceRunningException when it or, if these are meant, a descendant has not ended;
   *     nothing is removed then
   */
  boolean purge(boolean recursive);

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
   * @return the history; without events when the instance has not begun
   * @throws InstanceNotFoundException when there is no such instance
   */
  RecordedHistory history();

  /**
   * The recorded history of the current execution as text, to be read, kept in a file and replayed.
   *
   * @return the {@link HistoryJson} of {@link #history()}: an event a line, payloads as JSON
   * @throws InstanceNotFoundException when there is no such instance
   */
  default String historyJson() {
    return HistoryJson.write(history());
  }
}
