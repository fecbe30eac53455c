/** Load on a whole host: scenarios, how they are measured, and how results are told. */
@org.jspecify.annotations.NullMarked
package io.durable4j.benchmarks.load;
