/** The store on a real server of the services. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.azurite;
