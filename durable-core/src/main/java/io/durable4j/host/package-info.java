/** The public door: builds a host out of a backend, orchestrators and activities. */
@org.jspecify.annotations.NullMarked
package io.durable4j.host;
