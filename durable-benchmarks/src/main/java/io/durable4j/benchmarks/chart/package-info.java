/** A chart made from the load program's JSON. */
@org.jspecify.annotations.NullMarked
package io.durable4j.benchmarks.chart;
