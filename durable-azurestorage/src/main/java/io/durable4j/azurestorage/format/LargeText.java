package io.durable4j.azurestorage.format;

/**
 * A text that is kept in a blob of the container of large payloads, as {@link Gzip} has it. The
 * blob is written before whatever names it.
 *
 * @param blob the blob's name within the container
 * @param text the text
 */
public record LargeText(String blob, String text) {}
