/** A hub in Azure Storage: what {@code docs/azure-storage.md} shows. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.azure;
