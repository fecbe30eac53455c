package io.durable4j.internal.session;

import io.durable4j.internal.entity.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * An entity as its last batch left it.
 *
 * @param scheduler what it keeps, decoded
 * @param kept the decoded state of the user; null when it is not known
 */
public record EntityMemo(Scheduler scheduler, @Nullable Object kept) {}
