@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.testing;
