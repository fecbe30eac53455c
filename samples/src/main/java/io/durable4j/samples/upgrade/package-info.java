/** Versions and changes in flight, from one deployment to the next. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.upgrade;
