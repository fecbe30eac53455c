/** One activity after the other. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.chaining;
