/** What travels between clients, orchestrations and activities. */
@org.jspecify.annotations.NullMarked
package io.durable4j.message;
