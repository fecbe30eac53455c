package io.durable4j.client;

import io.durable4j.data.FailureDetails;
import java.time.Instant;

/**
 * A message that was set aside because it cannot be dealt with. Immutable.
 *
 * @param id the message; for {@link DurableClient#requeue} and {@link DurableClient#drop}
 * @param kind its kind in history: {@code TaskScheduled} for an activity
 * @param instance the instance that it is for, or of an activity its caller
 * @param name of an activity, an event or an orchestrator its name; empty for other kinds
 * @param failure what is wrong with it
 * @param deliveries how often it was delivered without an answer, or failed a turn; 0 when unknown
 * @param since when it was set aside
 */
public record QuarantinedMessage(
    String id,
    String kind,
    String instance,
    String name,
    FailureDetails failure,
    int deliveries,
    Instant since) {}
