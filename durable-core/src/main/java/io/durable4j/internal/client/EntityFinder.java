package io.durable4j.internal.client;

import io.durable4j.client.EntityInfo;
import io.durable4j.client.EntityPage;
import io.durable4j.client.EntityQuery;
import io.durable4j.data.TypeRef;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.orchestration.EntityId;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads entities, one or many. */
record EntityFinder(ClientParts parts) {
  Optional<EntityInfo> entity(EntityId<?> id) {
    return seen(id).map(EntityInfo.class::cast);
  }

  <S> Optional<S> state(EntityId<?> id, TypeRef<S> type) {
    return seen(id).flatMap(e -> e.state(type));
  }

  private Optional<SeenEntity> seen(EntityId<?> id) {
    InstanceId instance = new InstanceId(id.instanceId());
    return parts
        .calling(() -> parts.hub().queries().get(instance))
        .map(s -> new SeenEntity(s, parts.converter()));
  }

  Stream<EntityInfo> all(EntityQuery q) {
    return Found.stream(
        from -> {
          EntityPage page = page(q, from);
          return new Found.Part<>(page.entities(), page.next());
        });
  }

  EntityPage page(EntityQuery q, @Nullable String from) {
    PageTokens tokens =
        PageTokens.of(
            "entities", q.name(), q.keyPrefix(), q.modifiedFrom(), q.modifiedTo(), q.transients());
    Token token = tokens.unwrap(from);
    InstanceFilter filter = InstanceFilter.entities(prefix(q), q.modifiedFrom(), q.modifiedTo());
    Page<InstanceState> page =
        parts.calling(() -> parts.hub().queries().find(filter, token, q.pageSize()));
    List<EntityInfo> found =
        page.items().stream()
            .filter(EntityFinder::isAddressable)
            .map(s -> new SeenEntity(s, parts.converter()))
            .filter(e -> q.transients() || e.exists())
            .map(e -> q.withState() ? e : e.withoutState())
            .toList();
    return new EntityPage(found, tokens.wrap(page.next()));
  }

  private static String prefix(EntityQuery q) {
    String keys = q.keyPrefix() == null ? "" : q.keyPrefix();
    return q.name() == null ? "@" : "@" + q.name() + "@" + keys;
  }

  /** Whether a client could have named it; no engine makes others. */
  private static boolean isAddressable(InstanceState s) {
    try {
      return EntityId.parse(s.id().value()).instanceId().equals(s.id().value());
    } catch (EntityId.InvalidEntityIdException e) {
      return false;
    }
  }
}
