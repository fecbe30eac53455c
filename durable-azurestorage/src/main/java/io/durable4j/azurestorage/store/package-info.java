/** A task hub in the services of an account: the storage SPI on queues, tables and blobs. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.store;
