/**
 * What the engine runs on: time, ids, threads, and the one place where an engine thread waits. The
 * host gives the real ones; a simulation gives its own.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.drive;
