/** A storage account in memory, whose clock a test drives. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.fake;
