@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.sdk;
