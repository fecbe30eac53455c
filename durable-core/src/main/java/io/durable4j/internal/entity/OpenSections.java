package io.durable4j.internal.entity;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.history.EventBody.GenericEvent;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The critical sections that an orchestration has begun and not ended, read from its history. Those
 * whose locks are still on their way count too.
 */
public final class OpenSections {
  private static final String AGAIN = "lock again ";

  private final Map<String, Section> open = new LinkedHashMap<>();

  private OpenSections() {}

  /**
   * A section: the request that began it, the id of its lock now, and who has not been released.
   */
  private static final class Section {
    private final Request request;
    private String lockId;
    private boolean granted;
    private final Set<InstanceId> held;

    private Section(Request request, Request.Lock lock) {
      this.request = request;
      this.lockId = request.id();
      this.held = new LinkedHashSet<>(lock.set());
    }
  }

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
    OpenSections found = new OpenSections();
    for (HistoryEvent e : history) {
      if (e.body() instanceof EventSent sent && EntityEvents.isEntity(sent.instance())) {
        found.sent(sent);
      } else if (e.body() instanceof EventRaised raised) {
        Section section = found.open.get(raised.name());
        if (section != null) {
          section.granted = true;
        }
      } else if (e.body() instanceof GenericEvent g && g.data() != null) {
        found.again(g.data());
      }
    }
    return found;
  }

  private void sent(EventSent sent) {
    Incoming says =
        EntityEvents.concernsLocks(sent)
            ? Incoming.of(new EventRaised(sent.name(), sent.input()))
            : new Incoming.Continues();
    if (says instanceof Incoming.Asks a && a.request().lock() != null) {
      open.put(a.request().id(), new Section(a.request(), a.request().lock()));
    } else if (says instanceof Incoming.Releases r) {
      open.values()
          .removeIf(
              s ->
                  s.lockId.equals(r.release().id())
                      && s.held.remove(sent.instance())
                      && s.held.isEmpty());
    }
  }

  private void again(String data) {
    if (data.startsWith(AGAIN)) {
      String[] ids = data.substring(AGAIN.length()).split(" ", 2);
      Section section = open.get(ids[0]);
      if (section != null && ids.length == 2) {
        section.lockId = ids[1];
        section.granted = false;
      }
    }
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
    return open.values().stream().anyMatch(s -> !s.granted && !s.lockId.equals(s.request.id()));
  }
}
