package io.durable4j.internal.replay;

import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Stamps;
import io.durable4j.orchestration.EntityId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an orchestration asks of entities: calls, signals, and the locks of critical sections. */
final class Entities {
  private final Episode episode;
  private final Sections sections;
  private final Stamps stamps = new Stamps();
  private final Request.Sender self;
  private final Map<EntityId<?>, InstanceId> instances = new HashMap<>();

  Entities(Episode episode) {
    this.episode = episode;
    this.sections = new Sections(episode, this);
    this.self = new Request.Sender(episode.input().instance(), episode.input().execution());
  }

  Sections sections() {
    return sections;
  }

  /** The instance that an entity is; looked up, since it is asked for at each call of a replay. */
  InstanceId instance(EntityId<?> id) {
    return instances.computeIfAbsent(id, entity -> new InstanceId(entity.instanceId()));
  }

  /** Begins a call. */
  <V extends @Nullable Object> TaskCell<V> call(
      EntityTarget target, List<@Nullable Object> values) {
    Held held = sections.forCall(target.entity());
    Runnable onAnswer = held == null ? () -> {} : () -> held.ended(target.entity());
    Asked<V> asked = ask(target, values, onAnswer);
    if (held != null && asked.task.isPending()) {
      held.begun(target.entity(), target.operation());
    }
    return asked.task;
  }

  /** Asks for a lock. */
  Asked<@Nullable Object> lock(List<InstanceId> sorted) {
    return ask(EntityTarget.lock(sorted), List.of(), () -> {});
  }

  /** A request that is answered, and the wait for that. */
  record Asked<V extends @Nullable Object>(String request, TaskCell<V> task) {}

  private <V extends @Nullable Object> Asked<V> ask(
      EntityTarget target, List<@Nullable Object> values, Runnable onAnswer) {
    EntityCall<V> call = new EntityCall<>(episode, target, onAnswer);
    String request = send(target, values, false, null);
    // a turn that was not committed may have asked the same, where commits are not atomic
    EventRaised early = episode.events().take(request);
    if (early == null) {
      episode.entityWaits().add(request, call);
    } else {
      call.answered(early);
    }
    return new Asked<>(request, call.task());
  }

  /** Asks for what is not answered. */
  void signal(EntityTarget target, List<@Nullable Object> values, @Nullable Instant at) {
    sections.checkSignal(target.entity());
    send(target, values, true, at == null ? null : Stamps.rounded(at));
  }

  /** Gives back one entity of a lock. */
  void release(InstanceId entity, String request) {
    HistoryEvent known = episode.payloads().known();
    if (known != null && EntityActions.isRelease(known.body(), entity)) {
      episode.repeat();
      return;
    }
    String id = episode.entityWaits().newestId(request);
    Release release = new Release(self.instance(), id);
    episode.act(EntityEvents.sent(entity, release), List.of(), null);
  }

  /**
   * Sends a request; answers its id. On replay id and stamp are the recorded ones, and where all
   * else is the same, so is the action.
   */
  private String send(
      EntityTarget target, List<@Nullable Object> values, boolean signal, @Nullable Instant due) {
    HistoryEvent recorded = episode.timeline().recorded(episode.nextId());
    Request former = recorded == null ? null : former(recorded, target, signal);
    if (recorded == null || former == null) {
      Payload encoded = episode.payloads().encodeOperation(target.toString(), values);
      String id = episode.requestId(target, encoded);
      return act(target, request(id, target, encoded, signal, due, stamp(target, due)));
    }
    if (episode.payloads().known() != null) {
      episode.repeat();
      stamps.sent(target.entity(), former);
      return former.id();
    }
    Payload encoded = episode.payloads().encodeOperation(target.toString(), values);
    if (EntityActions.softDifference(former, encoded, due) != null) {
      return act(target, request(former.id(), target, encoded, signal, due, former.stamp()));
    }
    episode.act(recorded.body(), List.of(), null);
    stamps.sent(target.entity(), former);
    return former.id();
  }

  private @Nullable Request former(HistoryEvent recorded, EntityTarget target, boolean signal) {
    Request former = EntityActions.request(recorded.body(), episode.payloads());
    return former != null
            && recorded.body() instanceof EventSent s
            && s.instance().equals(target.entity())
            && EntityActions.fits(former, target, signal)
        ? former
        : null;
  }

  private String act(EntityTarget target, Request request) {
    EventSent sent = EntityEvents.sent(target.entity(), request);
    episode.payloads().refuseTooLarge(sent.input(), target.toString());
    // not of its text, which holds times: where commits are not atomic it may be sent twice
    MessageId message = new MessageId(UUID.fromString(request.id()));
    episode.act(sent, target.aliases(), null, message);
    stamps.sent(target.entity(), request);
    return request.id();
  }

  private Request request(
      String id,
      EntityTarget target,
      @Nullable Payload input,
      boolean signal,
      @Nullable Instant due,
      Request.Stamp stamp) {
    String operation = target.isLock() ? null : target.operation();
    return new Request(id, operation, signal, input, self, due, stamp, target.lock());
  }

  /**
   * The place of a message among those to the entity; one for a later time has none. The clock may
   * stand still over a rewind, and the entity has seen the stamps of what was undone: what follows
   * must have later ones.
   */
  private Request.Stamp stamp(EntityTarget target, @Nullable Instant due) {
    return due == null
        ? stamps.upcoming(target.entity(), episode.clock().plusMillis(episode.timeline().rewinds()))
        : Request.Stamp.NONE;
  }
}
