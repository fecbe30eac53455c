/**
 * How a task hub looks in storage: names, texts of messages, rows, blobs; as .NET's
 * DurableTask.AzureStorage has it. Pure: values in, values out; no storage, clock or thread, and no
 * type of a storage client. What this engine adds is listed in {@link
 * io.durable4j.azurestorage.format.Extras}.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.format;
