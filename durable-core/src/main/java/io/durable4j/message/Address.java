package io.durable4j.message;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import org.jspecify.annotations.Nullable;

/**
 * An instance, or one execution of it.
 *
 * @param instance the instance
 * @param execution the execution; null for whichever is current
 */
public record Address(InstanceId instance, @Nullable ExecutionId execution) {}
