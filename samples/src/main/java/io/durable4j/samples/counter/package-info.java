/** An entity class: one durable number for each key. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.counter;
