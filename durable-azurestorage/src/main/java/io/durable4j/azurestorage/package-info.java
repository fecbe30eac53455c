/**
 * Task hubs in Azure Storage: {@link io.durable4j.azurestorage.AzureStorageBackend} in a {@link
 * io.durable4j.azurestorage.AzureAccount}.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage;
