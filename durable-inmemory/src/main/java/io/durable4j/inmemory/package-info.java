/**
 * Storage in memory, and the same with a journal on disk. It is the executable specification of
 * {@link io.durable4j.spi}: every event, state and message passes the codec, leases expire,
 * deliveries repeat, fences hold.
 *
 * <p>The state changes only by the few kinds of {@code Change}; a call validates, computes its
 * changes, appends them to the log as one record, and applies them, all under one lock. It then
 * waits, without the lock, until the record is durable.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory;
