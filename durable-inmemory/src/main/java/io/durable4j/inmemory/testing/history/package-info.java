/**
 * Recorded histories as fixtures of tests: replayed against today's code, recorded as golden ones,
 * and the names that they hold.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.testing.history;
