package io.durable4j.internal.entity;

import io.durable4j.history.EventBody;
import io.durable4j.message.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an entity sends.
 *
 * @param to whom
 * @param body an event with an answer, a signal or a forwarded lock; or the creation of an
 *     orchestration that nobody waits for
 * @param due when it is due; null for at once
 * @param identity the same in each repetition of what caused it, and of no other message
 */
public record Outgoing(Address to, EventBody body, @Nullable Instant due, String identity) {}
