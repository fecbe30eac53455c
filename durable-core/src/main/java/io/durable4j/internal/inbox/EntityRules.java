package io.durable4j.internal.inbox;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.message.Message;
import java.time.Instant;

/**
 * Judges what is for an entity, which is there whenever somebody needs it.
 *
 * <table>
 *   <caption>The rules, first match wins</caption>
 *   <tr><td>no event</td><td>drop</td></tr>
 *   <tr><td>the end of a lock</td><td>accept also what is known: it may come before what it ends,
 *     and again behind it; each lock has an id</td></tr>
 *   <tr><td>id known</td><td>drop; but where commits are not atomic a request that has a place in an
 *     order may have come again under another time, of which the entity has to know: accept</td></tr>
 *   <tr><td>request before its time</td><td>defer until then</td></tr>
 *   <tr><td>anything else</td><td>accept</td></tr>
 * </table>
 */
final class EntityRules {
  private EntityRules() {}

  static Verdict judge(Message m, boolean known, boolean atomic, Instant now) {
    if (!(m.event().body() instanceof EventRaised event)) {
      return new Verdict.Drop("an entity takes nothing but events");
    }
    boolean hasPlace = m.from() != null && event.name().equals("op");
    boolean isRelease = event.name().equals("release");
    if (known && !isRelease && (atomic || !hasPlace)) {
      return new Verdict.Drop("it was consumed before");
    }
    return Verdict.notBefore(EntityEvents.dueOf(event), now);
  }
}
