package io.durable4j.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a partition.
 *
 * @param partition which, from 0
 * @param owner the owner, or null
 * @param nextOwner who asked to have it next, or null
 * @param draining whether the owner is giving it up
 * @param expiresAt until when the ownership lasts, by the store's clock
 * @param epoch one more with each claim
 * @param version the row's version; the store sets it
 */
public record PartitionRow(
    int partition,
    @Nullable WorkerId owner,
    @Nullable WorkerId nextOwner,
    boolean draining,
    Instant expiresAt,
    long epoch,
    Version version) {}
