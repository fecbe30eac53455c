package io.durable4j.spi;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to receive.
 *
 * @param max at most so many, at least 1
 * @param lease how long the deliveries are held; positive
 * @param fence the ownership of a control queue; null for activity queues
 * @param names names of the activities that the worker knows, lower-case; null for any. Honoured
 *     only with {@link Capabilities#nameFilter()}
 */
public record Receive(
    int max, Duration lease, @Nullable Fence fence, @Nullable Set<String> names) {}
