/** A condition that is polled with growing pauses. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.monitor;
