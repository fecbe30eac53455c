/** Orchestrations that start orchestrations, and a result that comes up through all of them. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.hierarchy;
