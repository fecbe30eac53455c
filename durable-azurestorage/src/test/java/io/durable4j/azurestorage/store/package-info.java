/** Tests of the storage SPI on an account in memory. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.store;
