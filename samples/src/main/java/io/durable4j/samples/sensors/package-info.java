/** An entity of lambdas that sums up many signals. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.sensors;
