package io.durable4j.internal.partition;

import java.time.Duration;

/**
 * How partitions are held and read.
 *
 * @param partitionLease how long an ownership lasts without renewal
 * @param interval how often the table is looked at
 * @param messageLease how long messages are held
 * @param pollMin the shortest pause between two looks at an idle queue
 * @param pollMax the longest pause between two looks at an idle queue
 * @param prefetch how many messages of a partition are held
 * @param entityBatch how many messages an entity takes in one turn
 */
public record PartitionSettings(
    Duration partitionLease,
    Duration interval,
    Duration messageLease,
    Duration pollMin,
    Duration pollMax,
    int prefetch,
    int entityBatch) {}
