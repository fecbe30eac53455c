package io.durable4j.inmemory;

import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The durable state of a hub. It changes only by {@link #apply}. Guarded by the hub's lock. */
final class HubState {
  private @Nullable HubSpec spec;
  private final InstanceRows instances = new InstanceRows();
  private final Map<QueueId, MessageQueue> queues = new LinkedHashMap<>();
  private final TreeMap<String, QuarantineRow> quarantined = new TreeMap<>();
  private long nextOrder = 1;
  private long version;
  private long liveBytes;
  private long untied;

  /**
   * Makes a change.
   *
   * @param change the change
   * @param position the log position that makes it durable
   */
  void apply(Change change, long position) {
    if (change instanceof Change.PutInstance c) {
      put(c, position);
    } else if (change instanceof Change.PutMessage c) {
      queue(c.queue()).put(c.row(), position);
      nextOrder = Math.max(nextOrder, c.row().order() + 1);
      liveBytes += c.row().size();
    } else if (change instanceof Change.RemoveMessage c) {
      MessageQueue.Entry e = queue(c.queue()).remove(c.id());
      liveBytes -= e == null ? 0 : e.row().size();
    } else if (change instanceof Change.Attempts c) {
      MessageQueue.Entry e = queue(c.queue()).find(c.id());
      if (e != null) {
        e.attempts(c.attempts());
      }
    } else if (change instanceof Change.RemoveInstance c) {
      InstanceRow old = instances.remove(c.id());
      liveBytes -= old == null ? 0 : old.size();
      untied = position;
    } else if (change instanceof Change.Quarantine c) {
      drop(quarantined.put(c.row().id().toString(), c.row()));
      liveBytes += c.row().size();
      untied = position;
    } else if (change instanceof Change.RemoveQuarantined c) {
      drop(quarantined.remove(c.id().toString()));
      untied = position;
    } else if (change instanceof Change.CreateHub c) {
      create(c.spec());
      untied = position;
    } else if (change instanceof Change.DeleteHub) {
      clear();
      untied = position;
    } else if (change instanceof Change.Counters c) {
      nextOrder = Math.max(nextOrder, c.nextOrder());
      version = Math.max(version, c.version());
    }
  }

  private void put(Change.PutInstance c, long position) {
    InstanceRow old = instances.get(c.id());
    byte[] start = c.start() == null && old != null ? old.start() : c.start();
    if (start == null) {
      throw new IllegalStateException("There is no " + c.id() + " that goes on");
    }
    History history =
        old != null && c.keepHistory() ? old.history().append(c.events()) : History.of(c.events());
    InstanceRow row =
        new InstanceRow(
            c.execution(),
            c.status(),
            start,
            c.progress(),
            history,
            c.version(),
            c.commit(),
            position);
    instances.put(c.id(), row);
    version = Math.max(version, c.version());
    liveBytes += row.size() - (old == null ? 0 : old.size());
  }

  private void drop(@Nullable QuarantineRow row) {
    liveBytes -= row == null ? 0 : row.size();
  }

  private void create(HubSpec wanted) {
    spec = wanted;
    for (int p = 0; p < wanted.partitions(); p++) {
      queues.put(new QueueId(QueueId.Kind.CONTROL, p), new MessageQueue());
    }
    queues.put(QueueId.activity(0), new MessageQueue());
  }

  // the counters go on, so that no version and no place is ever given twice
  private void clear() {
    spec = null;
    instances.clear();
    queues.clear();
    quarantined.clear();
    liveBytes = 0;
  }

  /** The changes that build this state from nothing; they share its immutable rows. */
  List<Change> freeze() {
    List<Change> all = new ArrayList<>(instances.size() + 16);
    all.add(new Change.Counters(nextOrder, version));
    if (spec != null) {
      all.add(new Change.CreateHub(spec));
    }
    instances.forEach(
        (id, r) ->
            all.add(
                new Change.PutInstance(
                    id,
                    r.execution(),
                    r.status(),
                    r.start(),
                    r.progress(),
                    false,
                    r.history().events(),
                    r.version(),
                    r.commit())));
    queues.forEach(
        (id, q) ->
            q.entries()
                .forEach(
                    e -> all.add(new Change.PutMessage(id, e.row().withAttempts(e.attempts())))));
    quarantined.values().forEach(r -> all.add(new Change.Quarantine(r)));
    return all;
  }

  @Nullable HubSpec spec() {
    return spec;
  }

  InstanceRows instances() {
    return instances;
  }

  NavigableMap<String, QuarantineRow> quarantined() {
    return quarantined;
  }

  Map<QueueId, MessageQueue> queues() {
    return queues;
  }

  MessageQueue queue(QueueId id) {
    MessageQueue q = queues.get(id);
    if (q == null) {
      throw new IllegalArgumentException("The hub has no queue " + id);
    }
    return q;
  }

  long nextOrder() {
    return nextOrder;
  }

  long version() {
    return version;
  }

  /** Roughly the size of a snapshot, in bytes. */
  long liveBytes() {
    return liveBytes;
  }

  /**
   * The log position of the newest change that no row tells of: a removal, a quarantine, the hub
   * itself. What a read of nothing depends on.
   */
  long untied() {
    return untied;
  }
}
