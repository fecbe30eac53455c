/** Runs with faults: those of the kit on an account in memory, and one on a real server. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.fault;
