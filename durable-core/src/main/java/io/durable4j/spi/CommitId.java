package io.durable4j.spi;

import java.util.UUID;

/**
 * The name that the core gives to a commit, so that it can tell later whether that commit is there.
 *
 * @param value a random UUID
 */
public record CommitId(UUID value) {}
