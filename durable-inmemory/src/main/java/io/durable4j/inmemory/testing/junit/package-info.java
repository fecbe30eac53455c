/** The test environment for JUnit Jupiter, 5 and 6. */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.testing.junit;
