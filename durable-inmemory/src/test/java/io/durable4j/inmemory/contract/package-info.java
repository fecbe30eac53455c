/** The storage contracts, kept by the memory backend and by its journal. */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.contract;
