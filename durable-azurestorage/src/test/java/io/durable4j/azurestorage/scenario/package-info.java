/** The engine scenarios of the kit on an account in memory. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.scenario;
