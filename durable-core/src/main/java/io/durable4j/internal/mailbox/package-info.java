/** Messages of instances on their way into turns. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.mailbox;
