/** Runs turns and activities, each under a permit. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.dispatch;
