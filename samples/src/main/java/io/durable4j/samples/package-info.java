/** One package per idea; here is what the mains share. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples;
