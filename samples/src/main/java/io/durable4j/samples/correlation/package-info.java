/** A correlation id that travels with calls, added by interceptors. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.correlation;
