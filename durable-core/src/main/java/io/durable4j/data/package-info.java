/** Values that cross the boundary between user code and storage: payloads, types and failures. */
@org.jspecify.annotations.NullMarked
package io.durable4j.data;
