/** Measurements of the engine's parts, by JMH. */
@org.jspecify.annotations.NullMarked
package io.durable4j.benchmarks.parts;
