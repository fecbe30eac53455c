package io.durable4j.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a query for entities finds.
 *
 * @param entities the entities, at most the query's page size; may be fewer, or none, before the
 *     end, where transient ones were left out
 * @param next where the next page begins: an opaque text that may be kept and sent about, and that
 *     only the same query takes; null at the end
 */
public record EntityPage(List<EntityInfo> entities, @Nullable String next) {
  /** Copies the list. */
  public EntityPage {
    entities = List.copyOf(entities);
  }
}
