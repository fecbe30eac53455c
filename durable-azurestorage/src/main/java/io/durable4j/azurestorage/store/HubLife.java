package io.durable4j.azurestorage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.AppLease;
import io.durable4j.azurestorage.format.HubNames;
import io.durable4j.azurestorage.format.PartitionRows;
import io.durable4j.azurestorage.format.TaskHubInfo;
import io.durable4j.data.DurableException;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.HubSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a hub comes to be. The blob {@code taskhub.json} is written first, and only where there is
 * none: so one of several creators decides how many partitions there are. The rows of the
 * partitions come last: where all are, the hub is whole.
 *
 * <p>A crash at any point of a creation: a hub that is not whole and cannot be opened, until
 * another creation completes it. Done twice, or late: what is there stays as it is.
 */
final class HubLife {
  private final Account account;
  private final @Nullable String trackingPrefix;

  HubLife(Account account, @Nullable String trackingPrefix) {
    this.account = account;
    this.trackingPrefix = trackingPrefix;
  }

  HubNames names(HubSpec spec) {
    return new HubNames(spec, trackingPrefix);
  }

  /** The names of all that a hub may have, however many partitions it has. */
  HubNames allNames(String hub) {
    return names(new HubSpec(hub, HubSpec.MAX_PARTITIONS));
  }

  HubSpec create(HubSpec wanted) {
    try {
      TaskHubInfo info = info(wanted.name());
      if (info == null) {
        info = begin(wanted);
      }
      HubSpec stored = spec(info);
      complete(names(stored));
      if (info(wanted.name()) == null) {
        throw gone(wanted.name());
      }
      return stored;
    } catch (AccountException e) {
      if (e.reason() == AccountException.Reason.BEING_DELETED) {
        throw new HubException(
            Reason.GONE,
            "Task hub '"
                + wanted.name()
                + "' was deleted a moment ago, and the services have not ended that; wait a minute",
            e);
      }
      throw e;
    }
  }

  /** Checks that the hub is as expected; writes nothing. */
  void open(HubSpec wanted) {
    TaskHubInfo info = info(wanted.name());
    int rows = rows(wanted.name());
    if (info == null && rows == 0) {
      refuseBlobLeases(wanted.name());
      throw HubException.missing(wanted);
    }
    HubSpec stored = info == null ? new HubSpec(wanted.name(), rows) : spec(info);
    if (!stored.equals(wanted)) {
      throw HubException.mismatch(stored, wanted);
    }
    if (rows < stored.partitions()) {
      refuseBlobLeases(wanted.name());
      throw new HubException(
          Reason.MISSING,
          "The creation of task hub '" + wanted.name() + "' did not come to its end; repeat it");
    }
  }

  /** What is stored about the hub, if it lives and can be read; null when nothing is. */
  private @Nullable TaskHubInfo info(String hub) {
    Blobs.Blob blob = account.blobs().get(allNames(hub).leases(), TaskHubInfo.BLOB);
    if (blob == null) {
      return null;
    }
    TaskHubInfo info = read(hub, blob);
    if (info.deleting()) {
      throw gone(hub);
    }
    return info;
  }

  /** Reads the blob; thrown where only a newer version understands it. */
  static TaskHubInfo read(String hub, Blobs.Blob blob) {
    TaskHubInfo info;
    try {
      info = TaskHubInfo.read(new String(blob.bytes(), UTF_8));
    } catch (DurableException e) {
      throw new HubException(Reason.UNUSABLE, "Task hub '" + hub + "': " + e.getMessage(), e);
    }
    if (info.format() > TaskHubInfo.FORMAT) {
      throw new HubException(
          Reason.TOO_NEW,
          "Task hub '"
              + hub
              + "' has format "
              + info.format()
              + ", and this version knows none after "
              + TaskHubInfo.FORMAT
              + "; use a newer version");
    }
    return info;
  }

  private static HubException gone(String hub) {
    return new HubException(
        Reason.GONE,
        "Task hub '" + hub + "' is being deleted; delete it again to end that, or wait");
  }

  private static HubSpec spec(TaskHubInfo info) {
    try {
      return new HubSpec(info.name(), info.partitions());
    } catch (DurableException e) {
      throw new HubException(
          Reason.UNUSABLE, TaskHubInfo.BLOB + " tells of no task hub: " + e.getMessage(), e);
    }
  }

  /** How many rows of partitions there are, from the first one on without a gap. */
  int rows(String hub) {
    List<@Nullable Found> rows = new ArrayList<>();
    try {
      rows.addAll(OwnerTable.rows(account.tables(), allNames(hub)));
    } catch (AccountException e) {
      if (e.reason() != AccountException.Reason.MISSING) {
        throw e;
      }
    }
    rows.add(null);
    return rows.indexOf(null);
  }

  private TaskHubInfo begin(HubSpec wanted) {
    int rows = rows(wanted.name());
    if (rows == 0) {
      refuseBlobLeases(wanted.name());
    }
    TaskHubInfo mine =
        new TaskHubInfo(
            wanted.name(),
            account.clock().instant(),
            rows == 0 ? wanted.partitions() : rows,
            TaskHubInfo.FORMAT,
            false);
    Blobs blobs = account.blobs();
    String leases = names(wanted).leases();
    blobs.create(leases);
    if (blobs.put(leases, TaskHubInfo.BLOB, mine.json().getBytes(UTF_8), null)) {
      return mine;
    }
    TaskHubInfo others = info(wanted.name());
    if (others == null) {
      throw gone(wanted.name());
    }
    return others;
  }

  /** Workers that share a hub share its partitions in the same way, or both own all. */
  private void refuseBlobLeases(String hub) {
    String leases = allNames(hub).leases();
    for (String set : List.of("default/", "intent/", "ownership/")) {
      if (!account.blobs().list(leases, set, null).names().isEmpty()) {
        throw new HubException(
            Reason.MISMATCH,
            "Task hub '"
                + hub
                + "' shares its partitions by leases of blobs, this engine by a table;"
                + " let all its workers set UseTablePartitionManagement first");
      }
    }
  }

  private void complete(HubNames names) {
    names.controlQueues().forEach(account.queues()::create);
    account.queues().create(names.workItemQueue());
    Tables tables = account.tables();
    tables.create(names.historyTable());
    tables.create(names.instancesTable());
    Blobs blobs = account.blobs();
    blobs.create(names.leases());
    blobs.create(names.appLease());
    byte[] nobody = new AppLease(null, null).json().getBytes(UTF_8);
    blobs.put(names.appLease(), names.appLeaseInfo(), nobody, null);
    tables.create(names.partitionsTable());
    List<@Nullable Found> rows = OwnerTable.rows(tables, names);
    for (int p = 0; p < rows.size(); p++) {
      if (rows.get(p) == null) {
        Write row = new Write.Insert(PartitionRows.created(names, p));
        tables.write(names.partitionsTable(), List.of(row));
      }
    }
  }
}
