/** Whether recorded histories fit today's code, and under which names that code is served. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.verify;
