package io.durable4j.spi;

/**
 * The right to change the instances of a partition, as of one ownership of it.
 *
 * @param partition the partition
 * @param owner who owned it
 * @param epoch the row's epoch at the claim
 */
public record Fence(int partition, WorkerId owner, long epoch) {}
