package io.durable4j.azurestorage.format;

import io.durable4j.message.Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes through a queue.
 *
 * @param activityId the name of this very sending; random. Of no meaning to readers
 * @param message the message
 * @param sequence counts the messages that a process sends, from 1; orders those that came into the
 *     queue within one second
 * @param episode how many turns the sender had begun; of an activity's result, what its request
 *     said, or -1 when that said nothing; null from clients
 */
public record Envelope(
    UUID activityId, Message message, long sequence, @Nullable Integer episode) {}
