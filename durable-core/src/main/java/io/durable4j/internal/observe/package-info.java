/** What the engine tells of itself. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.observe;
