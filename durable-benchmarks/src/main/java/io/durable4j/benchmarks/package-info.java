/** The load program's command line. */
@org.jspecify.annotations.NullMarked
package io.durable4j.benchmarks;
