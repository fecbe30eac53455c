package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.account.Tables.Outcome;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.InstanceRows;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.format.ShownRow.Mark;
import io.durable4j.azurestorage.format.Written;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.CreateOutcome;
import io.durable4j.spi.CreateOutcome.Created;
import io.durable4j.spi.CreateOutcome.Exists;
import io.durable4j.spi.NewInstance;
import io.durable4j.spi.ReusePolicy;
import io.durable4j.spi.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates an instance: first the start message, then the row, under the version that was read.
 *
 * <p>A crash between the two leaves a start message without instance, which is deferred and then
 * dropped; creating again sends it again and writes the row. Done twice: the row is of the same
 * execution. Done late by a zombie: the row has another version.
 */
final class Creation {
  private static final int TRIES = 20;

  private final HubParts parts;
  private final QueueMessages messages;
  private final TableInstances instances;
  private final Reservation reservation;

  Creation(
      HubParts parts, QueueMessages messages, TableInstances instances, Reservation reservation) {
    this.parts = parts;
    this.messages = messages;
    this.instances = instances;
    this.reservation = reservation;
  }

  CreateOutcome create(NewInstance n, ReusePolicy policy) {
    InstanceId id = n.state().id();
    ExecutionId wanted = n.state().execution();
    for (int i = 0; i < TRIES; i++) {
      Found found = i == 0 && n.idIsNew() ? null : instances.reader().row(id);
      ShownRow shown = found == null ? null : ShownRow.of(found.row());
      if (shown != null && isUndecided(shown) && !decided(id, shown.execution())) {
        continue;
      }
      if (shown != null && shown.isOf(wanted)) {
        return new Created();
      }
      InstanceState old =
          found == null || shown == null || shown.mark() == Mark.BIRTH
              ? null
              : instances.reader().stateNow(found);
      if (old != null && !policy.replaceable().contains(old.status())) {
        return new Exists(old);
      }
      if (sendAndWrite(n, old, found)) {
        parts.wakeUps().changed(id, OrchestrationStatus.PENDING);
        return new Created();
      }
    }
    throw new StorageException(
        "Instance " + id + " changes faster than it can be created; try again", null);
  }

  /**
   * The message is sent anew in each round: one that came while another execution lived was
   * dropped. It is hinted at once the row is there, since it would be put off without it.
   */
  private boolean sendAndWrite(NewInstance n, @Nullable InstanceState old, @Nullable Found found) {
    Stand awaited = found == null ? instances.awaited(n.state()) : null;
    try {
      messages.sendWithoutHint(n.start());
      return write(n, old, found, awaited);
    } finally {
      parts.wakeUps().ready(n.start().to());
    }
  }

  private static boolean isUndecided(ShownRow shown) {
    return shown.mark() == Mark.BIRTH || shown.mark() == Mark.AGAIN;
  }

  /**
   * Keeps the commit that marked a row from coming, if it has not come.
   *
   * @return false when the row is to be read again
   */
  private boolean decided(InstanceId id, ExecutionId marked) {
    Head head = instances.reader().head(id);
    InstanceReader.Loaded loaded = instances.loadShown(id);
    ShownRow now = loaded.stand().shown().row();
    if (now == null || !isUndecided(now) || !now.execution().equals(marked)) {
      return false;
    }
    return reservation.fence(id, marked, head);
  }

  private boolean write(
      NewInstance n, @Nullable InstanceState old, @Nullable Found found, @Nullable Stand awaited) {
    InstanceState state = old == null ? n.state() : n.replacing(old);
    InstanceRows.Refs refs = instances.rows().refs(state, null, InstanceRows.Refs.NONE);
    Written w = InstanceRows.write(state, parts.names().hub().name(), refs, parts.random());
    parts.largeTexts().put(w.blobs());
    Write write =
        found == null ? new Write.Insert(w.row()) : new Write.Replace(w.row(), found.etag());
    Outcome outcome =
        parts.account().tables().write(parts.names().instancesTable(), List.of(write));
    if (outcome instanceof Outcome.Done done && awaited != null) {
      ShownRow shown = ShownRow.of(state, refs, w.row());
      instances.created(awaited, new Stand.Shown(shown, done.etags().get(0)));
    }
    return outcome instanceof Outcome.Done;
  }
}
