/**
 * What a storage backend implements. A backend is storage and nothing else: ownership, pumping,
 * replay, retries and throttles are the core's.
 *
 * <p>Unless a method says otherwise, every method may be called from any thread, may block, and
 * throws {@link io.durable4j.spi.StorageException} when it cannot tell that the call took effect:
 * the caller then treats the effect as <em>unknown</em>.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.spi;
