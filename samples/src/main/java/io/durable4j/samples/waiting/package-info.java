/** Many orchestrations that wait: what they cost while nothing happens. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.waiting;
