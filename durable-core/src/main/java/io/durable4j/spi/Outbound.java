package io.durable4j.spi;

import io.durable4j.message.Message;
import java.time.Instant;

/**
 * A message to send.
 *
 * @param message the message
 * @param to its queue
 * @param visibleAt when it may be received, by the store's clock; a past time means at once. Stores
 *     round up, never down: a message is not received before
 * @param claim whether the sender asks to keep it, leased, as the delivery that the call returns; a
 *     backend that cannot may ignore this
 */
public record Outbound(Message message, QueueId to, Instant visibleAt, boolean claim) {}
