/** Several entities under locks: money that moves, and is never made or lost. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.bank;
