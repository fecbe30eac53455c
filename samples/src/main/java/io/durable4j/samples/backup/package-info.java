/** A directory copy that survives kill -9. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.backup;
