package io.durable4j.spi;

import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it is stored.
 *
 * @param state its state; null when there is no such instance
 * @param history the history of its current execution, in order
 * @param version what a commit is based on
 * @param lastCommit the newest commit that took effect; null before the first
 * @param mayReturn messages that a commit consumed and whose deletion is not confirmed
 */
public record Stored(
    @Nullable InstanceState state,
    List<HistoryEvent> history,
    Version version,
    @Nullable CommitId lastCommit,
    Set<MessageId> mayReturn) {}
