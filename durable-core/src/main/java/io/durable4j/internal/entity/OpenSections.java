package io.durable4j.internal.entity;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The critical sections that an orchestration has begun and not ended, read from its history. Those
 * whose locks are still on their way count too. Immutable.
 */
public final class OpenSections {
  /** None. */
  public static final OpenSections NONE = new OpenSections(Map.of());

  private static final String AGAIN = "lock again ";

  private final Map<String, Section> open;

  private OpenSections(Map<String, Section> open) {
    this.open = open;
  }

  /** A section: the request that began it, the id of its lock now, and who is not released yet. */
  private record Section(Request request, String lockId, boolean granted, List<InstanceId> held) {}

  /**
   * A lock that has to be given back.
   *
   * @param entity the entity
   * @param lockId the lock
   */
  public record Held(InstanceId entity, String lockId) {}

  /**
   * Reads a history.
   *
   * @param history the events of one execution, in order
   * @return its open sections
   */
  public static OpenSections of(List<HistoryEvent> history) {
    return NONE.with(history);
  }

  /**
   * What is open once these events have happened too.
   *
   * @param events the next events of the same history
   * @return the sections; this itself where nothing changes
   */
  public OpenSections with(List<HistoryEvent> events) {
    OpenSections now = this;
    for (HistoryEvent e : events) {
      now = now.with(e.body());
    }
    return now;
  }

  /**
   * What is open once an event has happened too.
   *
   * @param body the next event of the same history
   * @return the sections; this itself where nothing changes
   */
  public OpenSections with(EventBody body) {
    if (body instanceof EventSent sent) {
      return EntityEvents.isEntity(sent.instance()) && EntityEvents.concernsLocks(sent)
          ? sent(sent)
          : this;
    } else if (open.isEmpty()) {
      return this;
    } else if (body instanceof EventRaised raised) {
      Section s = open.get(raised.name());
      return s == null || isOfFormerLock(raised)
          ? this
          : put(new Section(s.request, s.lockId, true, s.held));
    }
    return body instanceof GenericEvent g && isAgain(g)
        ? again(Objects.requireNonNull(g.data()))
        : this;
  }

  /**
   * Whether an event grants a lock that a section once asked for, or was about to in a turn that
   * was not committed, and not the one that it asks for now.
   *
   * @param body what came for the orchestration
   * @return whether nobody wants the lock that it grants
   */
  public boolean isOfFormerLock(EventBody body) {
    Grant grant = open.isEmpty() ? null : Grant.of(body);
    if (grant == null) {
      return false;
    }
    Section s = open.get(grant.requestId());
    return s != null && !s.lockId.equals(grant.lockId());
  }

  private OpenSections put(Section section) {
    Map<String, Section> next = new LinkedHashMap<>(open);
    if (section.held.isEmpty()) {
      next.remove(section.request.id());
    } else {
      next.put(section.request.id(), section);
    }
    return new OpenSections(next);
  }

  private OpenSections sent(EventSent sent) {
    Incoming says = Incoming.of(new EventRaised(sent.name(), sent.input()));
    if (says instanceof Incoming.Asks a && a.request().lock() != null) {
      Request r = a.request();
      return put(new Section(r, r.id(), false, a.request().lock().set()));
    }
    if (says instanceof Incoming.Releases r) {
      for (Section s : open.values()) {
        if (s.lockId.equals(r.release().id()) && s.held.contains(sent.instance())) {
          List<InstanceId> rest = new ArrayList<>(s.held);
          rest.remove(sent.instance());
          return put(new Section(s.request, s.lockId, s.granted, rest));
        }
      }
    }
    return this;
  }

  private OpenSections again(String data) {
    String[] ids = data.substring(AGAIN.length()).split(" ", 2);
    Section s = open.get(ids[0]);
    return s == null || ids.length < 2 ? this : put(new Section(s.request, ids[1], false, s.held));
  }

  /**
   * What an event in a history says whose section's locks were asked for again.
   *
   * @param requestId the request that began the section
   * @param lockId the id of the new lock
   * @return the event
   */
  public static GenericEvent again(String requestId, String lockId) {
    return new GenericEvent(AGAIN + requestId + " " + lockId);
  }

  /**
   * Whether an event says that.
   *
   * @param event any
   * @return whether locks were asked for again
   */
  public static boolean isAgain(GenericEvent event) {
    return event.data() != null && event.data().startsWith(AGAIN);
  }

  /**
   * The locks that have to be given back when the execution ends now.
   *
   * @return the locks, in the order of the requests
   */
  public List<Held> held() {
    List<Held> all = new ArrayList<>();
    for (Section s : open.values()) {
      s.held.forEach(entity -> all.add(new Held(entity, s.lockId)));
    }
    return all;
  }

  /**
   * The requests of the sections.
   *
   * @return the requests, in order
   */
  public List<Request> requests() {
    return open.values().stream().map(s -> s.request).toList();
  }

  /**
   * Whether locks that were asked for again have not all been granted: until they are, the code in
   * the section must not go on.
   *
   * @return whether it has to wait
   */
  public boolean awaitsLocksAgain() {
    for (Section s : open.values()) {
      if (!s.granted && !s.lockId.equals(s.request.id())) {
        return true;
      }
    }
    return false;
  }
}
