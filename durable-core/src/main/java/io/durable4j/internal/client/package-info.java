/** The client API over the storage SPI. Executes nothing. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.client;
