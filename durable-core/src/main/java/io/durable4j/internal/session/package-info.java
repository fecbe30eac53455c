/** What a worker keeps of instances between their turns. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.session;
