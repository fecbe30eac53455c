/** Tests of the storage in memory and of its journal. */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory;
