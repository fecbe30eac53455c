package io.durable4j.client;

import org.jspecify.annotations.Nullable;

/**
 * What a clean-up of entities did.
 *
 * @param removed how many empty entities were removed
 * @param released how many entities were told that the holder of their lock is gone
 * @param next where to go on, an opaque text; null when all entities were looked at
 */
public record EntityCleanup(int removed, int released, @Nullable String next) {}
