package io.durable4j.internal.mailbox;

import io.durable4j.message.Message;

/**
 * A message for an instance, held by this worker.
 *
 * @param message the message
 * @param held what the turn that consumes it deletes: the message's own delivery, or, of a result
 *     that was made in this process, the activity's
 * @param local whether it is such a result, which is stored nowhere yet
 * @param sinceNanos when it came
 */
public record Arrival(Message message, Held held, boolean local, long sinceNanos) {}
