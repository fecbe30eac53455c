/** Workers that are killed and frozen while they work, on a real server behind a bad network. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.chaos;
