/** The simulator over the in-memory backend, and mutants that it must catch. */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.sim;
