package io.durable4j.internal.partition;

import java.time.Duration;

/**
 * How partitions are held and read.
 *
 * @param partitionLease how long an ownership lasts without renewal
 * @param interval how often the table is looked at
 * @param messageLease how long messages are held
 * @param pollMax the longest pause between two looks at an idle queue
 * @param prefetch how many messages of a partition are held
 */
public record PartitionSettings(
    Duration partitionLease,
    Duration interval,
    Duration messageLease,
    Duration pollMax,
    int prefetch) {}
