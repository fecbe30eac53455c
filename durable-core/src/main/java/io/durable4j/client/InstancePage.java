package io.durable4j.client;

import io.durable4j.history.InstanceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a query finds.
 *
 * @param instances the instances, at most the query's page size
 * @param next where the next page begins: an opaque text that may be kept and sent about, and that
 *     only the same query takes; null at the end
 */
public record InstancePage(List<InstanceState> instances, @Nullable String next) {
  /** Copies the list. */
  public InstancePage {
    instances = List.copyOf(instances);
  }
}
