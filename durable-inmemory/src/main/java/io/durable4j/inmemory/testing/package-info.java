/**
 * Tests of workflows in memory and in milliseconds: a host on a clock that jumps, whose threads run
 * one at a time. Begin with {@link io.durable4j.inmemory.testing.DurableTest}.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.testing;
