/** Which messages a turn accepts: one decision table. Pure. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.inbox;
