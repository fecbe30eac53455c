package io.durable4j.internal.entity;

import io.durable4j.history.InstanceId;

/**
 * The end of a lock.
 *
 * @param holder the orchestration that held it
 * @param id the request that asked for it, or {@link #ORPHANED}
 */
public record Release(InstanceId holder, String id) {
  /** The id where whoever repairs does not know the request. */
  public static final String ORPHANED = "fix-orphaned-lock";
}
