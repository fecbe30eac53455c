package io.durable4j.inmemory.testing.crash;

import org.jspecify.annotations.Nullable;

/**
 * What the clients of a workflow do: start it, raise its events, wait for its end. Called for each
 * run anew, and must do the same each time.
 *
 * @param <W> the outside world of a run
 */
@FunctionalInterface
public interface CrashScenario<W> {
  /**
   * Plays the clients of one run.
   *
   * @param world the world of this run
   * @param scene the client, and the clock
   * @return how it ended, compared by {@code equals} with the end of the run without faults
   * @throws Exception is an end, too; compared by its text
   */
  @Nullable Object play(W world, Scene scene) throws Exception;
}
