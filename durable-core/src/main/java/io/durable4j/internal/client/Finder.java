package io.durable4j.internal.client;

import io.durable4j.client.InstancePage;
import io.durable4j.client.InstanceQuery;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds instances page by page; no entities. */
final class Finder {
  private final ClientParts parts;

  Finder(ClientParts parts) {
    this.parts = parts;
  }

  /** A page of states as they are stored. */
  InstancePage page(InstanceQuery q, @Nullable String from) {
    InstanceFilter filter = filter(q);
    PageTokens tokens = tokens(q);
    Token token = tokens.unwrap(from);
    Page<InstanceState> page =
        parts.calling(() -> parts.hub().queries().find(filter, token, q.pageSize()));
    return new InstancePage(page.items(), tokens.wrap(page.next()));
  }

  /** A page of states with what the query wants to see of them. */
  InstancePage shown(InstanceQuery q, @Nullable String from) {
    InstancePage page = page(q, from);
    return q.payloads()
        ? page
        : new InstancePage(
            page.instances().stream().map(Finder::withoutPayloads).toList(), page.next());
  }

  List<InstanceState> children(InstanceId parent) {
    InstanceQuery q = InstanceQuery.ALL.parent(parent.value());
    List<InstanceState> all = new java.util.ArrayList<>();
    String token = null;
    do {
      InstancePage page = page(q, token);
      all.addAll(page.instances());
      token = page.next();
    } while (token != null);
    return all;
  }

  private static InstanceFilter filter(InstanceQuery q) {
    String parent = q.parent();
    return new InstanceFilter(
            q.statuses(),
            q.prefix(),
            q.createdFrom(),
            q.createdTo(),
            parent == null ? null : new InstanceId(parent),
            q.parked(),
            q.tags())
        .withoutEntities();
  }

  private static InstanceState withoutPayloads(InstanceState s) {
    InstanceState.Start start = s.start();
    InstanceState.Progress p = s.progress();
    return new InstanceState(
        s.id(),
        s.execution(),
        new InstanceState.Start(
            start.name(),
            start.version(),
            null,
            start.tags(),
            start.parent(),
            start.createdAt(),
            start.scheduledFor(),
            start.generation()),
        new InstanceState.Progress(
            p.status(),
            p.updatedAt(),
            p.completedAt(),
            null,
            p.failure(),
            p.customStatus(),
            p.awaitedEvents(),
            p.parked()),
        s.consumed());
  }

  /** Sets and maps are put in order first. */
  private static PageTokens tokens(InstanceQuery q) {
    return PageTokens.of(
        new TreeSet<OrchestrationStatus>(q.statuses()),
        q.prefix(),
        q.createdFrom(),
        q.createdTo(),
        q.parent(),
        q.parked(),
        new TreeMap<>(q.tags()));
  }
}
