package io.durable4j.internal.client;

import io.durable4j.client.EntityCleaning;
import io.durable4j.client.EntityCleanup;
import io.durable4j.data.DurableException;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cleans up what entities leave behind: empty ones, and locks of holders that are gone. */
record EntityCleaner(ClientParts parts) {
  private static final PageTokens TOKENS = PageTokens.of("clean entities");

  EntityCleanup clean(EntityCleaning how) {
    Instant before = parts.drive().now().minus(how.olderThan());
    Token token = TOKENS.unwrap(how.from());
    InstanceFilter all = InstanceFilter.entities("@", null, null);
    Page<InstanceState> page =
        parts.calling(() -> parts.hub().queries().find(all, token, how.pageSize()));
    Map<InstanceId, Boolean> gone = new TreeMap<>();
    int removed = 0;
    int released = 0;
    for (InstanceState s : page.items()) {
      Scheduler kept = readable(s);
      if (kept == null) {
        continue;
      }
      InstanceId holder = kept.lockedBy();
      if (holder != null) {
        if (gone.computeIfAbsent(holder, this::isGone)) {
          release(s, holder, kept.lockId());
          released++;
        }
      } else if (!s.progress().updatedAt().isAfter(before) && isEmpty(s, kept)) {
        removed += parts.calling(() -> parts.hub().instances().purge(s)) ? 1 : 0;
      }
    }
    return new EntityCleanup(removed, released, TOKENS.wrap(page.next()));
  }

  /** What cannot be read is left alone, and is in nobody's way. */
  private static @Nullable Scheduler readable(InstanceState s) {
    try {
      return SeenEntity.kept(s);
    } catch (DurableException e) {
      return null;
    }
  }

  private static boolean isEmpty(InstanceState s, Scheduler kept) {
    return s.isRemovable() && kept.state() == null && SeenEntity.queued(kept) == 0;
  }

  private boolean isGone(InstanceId holder) {
    return parts.calling(() -> parts.hub().queries().isGone(holder));
  }

  /**
   * Gives back the lock that was seen, and no later one that an instance of the same id may have
   * taken since; where another engine does not tell which it is, any lock of the holder. The
   * message is one message for one batch of the entity, however often it is sent.
   */
  private void release(InstanceState entity, InstanceId holder, @Nullable String lock) {
    Release release = new Release(holder, lock == null ? Release.ORPHANED : lock);
    MessageId id = MessageId.derived("orphaned lock", entity.id(), entity.execution(), holder);
    Instant now = parts.drive().now();
    Control.send(parts, entity.id(), id, now, EntityEvents.raised(release));
  }
}
