package io.durable4j.orchestration;

import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Code that runs while its orchestration alone may call some entities. The locks are taken, one
 * after the other in an order that is the same for everybody, when the code is about to begin, and
 * given back once it has returned or thrown; also when the instance ends in between for another
 * reason. Waiting does not give them back.
 *
 * <p>Inside, only these entities may be called, each by one call at a time, and none of them may be
 * signalled; a further section, sub-orchestrations and continue-as-new are refused with an {@link
 * OrchestratorRuleException}.
 */
public interface CriticalSection {
  /**
   * Runs code that returns something.
   *
   * @param body the code; may wait
   * @param <R> the result
   * @return the result
   */
  <R extends @Nullable Object> R call(Callable<R> body);

  /**
   * Runs code that returns nothing.
   *
   * @param body the code; may wait
   */
  void run(Action body);

  /**
   * The entities.
   *
   * @return their ids
   */
  Set<EntityId<Object>> entities();
}
