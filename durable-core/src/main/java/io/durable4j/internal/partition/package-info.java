/** Who owns which partition, and the pumps of their control queues. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.partition;
