package io.durable4j.client;

import org.jspecify.annotations.Nullable;

/**
 * How far a batch came.
 *
 * @param done how many instances were purged, or asked to do what was wanted
 * @param complete whether none is left
 * @param next where to go on when it is not complete; null when it is
 */
public record BatchResult(long done, boolean complete, @Nullable String next) {}
