/** An orchestration without an end, and without a history that grows. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.eternal;
