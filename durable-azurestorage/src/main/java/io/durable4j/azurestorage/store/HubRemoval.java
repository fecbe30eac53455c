package io.durable4j.azurestorage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Find;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Filters;
import io.durable4j.azurestorage.format.HubNames;
import io.durable4j.azurestorage.format.TaskHubInfo;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a hub goes. {@code taskhub.json} tells first that it does, and goes last.
 *
 * <p>A crash before the mark: nothing has changed. After: the hub is gone for everyone, and a
 * further deletion ends the work. Done twice: what is gone is passed over. Done late, by one who
 * slept while another ended the work and the hub was created anew: it sees before each step that
 * the mark is not there, and stops; only a step that it had begun may hit the new hub.
 */
final class HubRemoval {
  private static final int PAGE = 1000;

  private final Account account;
  private final HubLife life;
  private final String hub;
  private final HubNames names;

  HubRemoval(Account account, HubLife life, String hub) {
    this.account = account;
    this.life = life;
    this.hub = hub;
    this.names = life.allNames(hub);
  }

  void run() {
    TaskHubInfo mark = mark();
    if (mark == null) {
      return;
    }
    for (Runnable step : steps()) {
      if (!mark.equals(info())) {
        return;
      }
      step.run();
    }
  }

  private List<Runnable> steps() {
    Blobs blobs = account.blobs();
    return List.of(
        () -> names.controlQueues().forEach(account.queues()::delete),
        () -> account.queues().delete(names.workItemQueue()),
        () -> account.tables().delete(names.partitionsTable()),
        this::removeInstances,
        () -> blobs.delete(names.largeMessages()),
        () -> blobs.delete(names.quarantine()),
        () -> blobs.delete(names.appLease()),
        () -> blobs.delete(names.leases()));
  }

  private @Nullable TaskHubInfo info() {
    Blobs.Blob blob = account.blobs().get(names.leases(), TaskHubInfo.BLOB);
    return blob == null ? null : HubLife.read(hub, blob);
  }

  /** The blob as it is once it tells of the deletion; null when there is no hub. */
  private @Nullable TaskHubInfo mark() {
    Blobs blobs = account.blobs();
    while (true) {
      Blobs.Blob blob = blobs.get(names.leases(), TaskHubInfo.BLOB);
      TaskHubInfo there = blob == null ? unnamed() : HubLife.read(hub, blob);
      if (there == null || there.deleting()) {
        return there;
      }
      TaskHubInfo marked =
          new TaskHubInfo(
              there.name(), there.createdAt(), there.partitions(), there.format(), true);
      blobs.create(names.leases());
      String etag = blob == null ? null : blob.etag();
      if (blobs.put(names.leases(), TaskHubInfo.BLOB, marked.json().getBytes(UTF_8), etag)) {
        return info();
      }
    }
  }

  /** A hub that another engine created may have rows of partitions only. */
  private @Nullable TaskHubInfo unnamed() {
    int rows = life.rows(hub);
    Instant now = account.clock().instant();
    return rows == 0 ? null : new TaskHubInfo(hub, now, rows, TaskHubInfo.FORMAT, false);
  }

  private void removeInstances() {
    if (!names.sharesTables()) {
      account.tables().delete(names.historyTable());
      account.tables().delete(names.instancesTable());
      return;
    }
    try {
      removeRows();
    } catch (AccountException e) {
      if (e.reason() != AccountException.Reason.MISSING) {
        throw e;
      }
    }
  }

  /** An instance's history first: its own row is how the history is found. */
  private void removeRows() {
    Tables tables = account.tables();
    Find instances = new Find(Filters.of(InstanceFilter.ALL, hub), List.of("TaskHubName"), PAGE);
    String token = null;
    do {
      Tables.Page page = tables.find(names.instancesTable(), instances, token);
      for (Found instance : page.rows()) {
        removeHistory(instance.row().partitionKey());
        remove(names.instancesTable(), List.of(instance));
      }
      token = page.next();
    } while (token != null);
  }

  private void removeHistory(String partitionKey) {
    Find history = new Find(Filters.partition(partitionKey), List.of("EventType"), PAGE);
    String token = null;
    do {
      Tables.Page page = account.tables().find(names.historyTable(), history, token);
      for (int from = 0; from < page.rows().size(); from += Tables.MAX_WRITES) {
        int to = Math.min(page.rows().size(), from + Tables.MAX_WRITES);
        remove(names.historyTable(), page.rows().subList(from, to));
      }
      token = page.next();
    } while (token != null);
  }

  /** Rows of one partition key; where one is gone the others go one by one. */
  private void remove(String table, List<Found> rows) {
    List<Write> writes =
        rows.stream().<Write>map(r -> new Write.Delete(r.row(), Tables.ANY)).toList();
    Outcome outcome = account.tables().write(table, writes);
    if (outcome instanceof Outcome.Conflict && rows.size() > 1) {
      rows.forEach(row -> remove(table, List.of(row)));
    }
  }
}
