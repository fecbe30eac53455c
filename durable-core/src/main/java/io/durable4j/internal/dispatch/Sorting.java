package io.durable4j.internal.dispatch;

import static io.durable4j.internal.dispatch.TurnFault.deciding;

import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Grant;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.inbox.InboxRules;
import io.durable4j.internal.inbox.Verdict;
import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Terms;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.session.Session;
import io.durable4j.message.Message;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts what arrived for an instance by the {@link InboxRules}. */
final class Sorting {
  private static final Duration SOON = Duration.ofMillis(100);

  private final Drive drive;
  private final TaskHub hub;
  private final Capabilities capabilities;
  private final Terms terms;
  private final Observer observer;
  private final OtherInstances others;
  private final Duration lease;

  Sorting(TurnRunner.Parts parts, OtherInstances others) {
    this.drive = parts.drive();
    this.hub = parts.hub();
    this.capabilities = parts.capabilities();
    this.terms = parts.terms();
    this.observer = parts.observer();
    this.others = others;
    this.lease = parts.settings().lease();
  }

  /**
   * What arrived and stays with the turn.
   *
   * @param accepted goes into the history
   * @param dropped nobody needs it
   * @param refused starts of children that another instance is in the way of
   */
  record Sorted(List<Arrival> accepted, List<Arrival> dropped, List<Arrival> refused) {}

  /**
   * Sorts arrivals into accepted and dropped; deferred ones are given back at once. A result that
   * was made here and comes before the commit that asked for it (another's, on a store that is not
   * atomic) is stored, to come again.
   *
   * @param born whether the instance comes to be in this turn: what it would refuse then comes
   *     again, to be refused in a turn of what is there
   * @param now the wall clock
   * @return what stays; null when nothing would be accepted by a session that was kept, and nothing
   *     has been done then
   */
  @Nullable Sorted sort(
      Session session, boolean born, InstanceId instance, List<Arrival> arrivals, Instant now) {
    InboxRules inbox =
        new InboxRules(session.stored(), session.inbox(), capabilities.atomic(), now);
    List<Arrival> accepted = new ArrayList<>(arrivals.size());
    List<Judged> others = List.of();
    for (Arrival a : Arrivals.startsFirst(arrivals)) {
      Verdict verdict = deciding(() -> inbox.judge(a.message()));
      if (verdict instanceof Verdict.Accept) {
        accepted.add(a);
      } else {
        others = with(others, new Judged(a, verdict, inbox.isRepeat(a.message())));
      }
    }
    if (accepted.isEmpty() && !others.isEmpty() && session.isKept()) {
      return null;
    }
    List<Arrival> dropped = List.of();
    List<Arrival> refused = List.of();
    for (Judged j : others) {
      Arrival a = j.arrival();
      if (j.verdict() instanceof Verdict.Defer d) {
        defer(instance, a, d.delay());
      } else if (born && j.verdict() instanceof Verdict.Refuse) {
        defer(instance, a, SOON);
      } else if (j.verdict() instanceof Verdict.Drop d) {
        observer.on(new EngineEvent.Dropped(instance, a.message().event().body().kind(), d.why()));
        giveLocksBack(session, instance, j);
        dropped = with(dropped, a);
      } else if (j.verdict() instanceof Verdict.Refuse r) {
        observer.on(new EngineEvent.Dropped(instance, a.message().event().body().kind(), r.why()));
        refused = with(refused, a);
      }
    }
    return new Sorted(accepted, dropped, refused);
  }

  private record Judged(Arrival arrival, Verdict verdict, boolean repeat) {}

  private void giveLocksBack(Session session, InstanceId instance, Judged dropped) {
    Message m = dropped.arrival().message();
    if (!dropped.repeat()) {
      giveLocksBack(instance, Grant.of(m.event().body()));
    } else if (!capabilities.atomic()) {
      giveLocksBack(instance, grantedInVain(session, m));
    }
  }

  /** Most turns drop and refuse nothing. */
  private static <T> List<T> with(List<T> some, T more) {
    List<T> all = some.isEmpty() ? new ArrayList<>() : some;
    all.add(more);
    return all;
  }

  /**
   * Locks that are granted to an execution which has ended, or is not there, are given back before
   * the grant is dropped. Done twice, the second does nothing: each lock has an id. The message has
   * none that another could have: that one may be in the queue still, and be taken by a turn which
   * does not know the lock yet.
   */
  private void giveLocksBack(InstanceId holder, @Nullable Grant grant) {
    if (grant == null || EntityEvents.isEntity(holder)) {
      return;
    }
    List<Outbound> releases = new ArrayList<>();
    for (InstanceId entity : grant.locked()) {
      Release release = new Release(holder, grant.lockId());
      MessageId id = new MessageId(drive.randomId());
      releases.add(others.release(id, null, entity, release, drive.now()));
    }
    hub.messages().send(releases, lease);
    observer.on(new EngineEvent.LocksGivenBack(holder, grant.locked()));
  }

  /**
   * A grant that came before, whose section is over. The first one may have been of a batch that
   * was not committed; when that has run again, the entity is locked for one who has left.
   */
  private static @Nullable Grant grantedInVain(Session session, Message repeat) {
    Grant grant = Grant.of(repeat.event().body());
    InstanceState holder = session.stored().state();
    boolean inside =
        grant != null
            && holder != null
            && !holder.status().isTerminal()
            && session.inbox().sections().held().stream()
                .anyMatch(held -> held.lockId().equals(grant.lockId()));
    return inside ? null : grant;
  }

  /** For as long as asked, or as storage can; what comes too early is deferred again. */
  private void defer(InstanceId instance, Arrival a, Duration asked) {
    observer.on(new EngineEvent.Deferred(instance, a.message().event().body().kind(), asked));
    Duration most = capabilities.maxDelay();
    Duration delay = most == null || asked.compareTo(most) < 0 ? asked : most;
    Delivery held = a.held().delivery();
    if (a.local()) {
      QueueId queue = terms.queueOf(a.message().to().instance());
      hub.messages()
          .respond(held, new Outbound(a.message(), queue, drive.now().plus(delay), false));
      a.held().markLost();
    } else {
      // first, since a renewal while it is given back might take hold of its next delivery
      a.held().markLost();
      hub.messages().release(List.of(held), delay);
    }
  }
}
