package io.durable4j.spi;

/**
 * The version of a stored row; opaque, equal only for the same write.
 *
 * @param value the store's own token
 */
public record Version(String value) {}
