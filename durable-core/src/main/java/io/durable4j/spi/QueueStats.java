package io.durable4j.spi;

import java.time.Duration;

/**
 * A look at a queue, never exact.
 *
 * @param length how many messages, hidden ones included
 * @param oldestAge how long the oldest visible message waits; zero when none is visible
 */
public record QueueStats(long length, Duration oldestAge) {}
