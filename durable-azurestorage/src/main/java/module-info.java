/** Durable4j's storage in queues, tables and blobs of an Azure storage account. */
@org.jspecify.annotations.NullMarked
module io.durable4j.azurestorage {
  requires transitive io.durable4j.core;
  requires transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive com.azure.core;
  requires transitive com.azure.data.tables;
  requires transitive com.azure.storage.blob;
  requires transitive com.azure.storage.queue;
  requires com.azure.core.http.jdk.httpclient;

  exports io.durable4j.azurestorage;
}
