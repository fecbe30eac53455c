/** Tests of recorded histories, and the golden histories of this project. */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.testing.history;
