package io.durable4j.inmemory.testing.crash;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param story what happened
 * @param end how the scenario ended
 * @param state what of the world is compared
 * @param effects what the probe was told
 * @param broken the names of the invariants that do not hold
 * @param possible false when the schedule asked for what cannot be in this workflow
 */
record Outcome(
    Story story,
    End end,
    @Nullable Object state,
    List<Effect> effects,
    List<String> broken,
    boolean possible) {}
