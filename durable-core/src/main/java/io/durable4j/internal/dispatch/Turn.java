package io.durable4j.internal.dispatch;

import io.durable4j.internal.mailbox.Arrival;
import io.durable4j.internal.mailbox.Mailbox;
import io.durable4j.internal.session.Session;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has in hand.
 *
 * @param box the mailbox of its instance
 * @param session what is known of the instance, gone on by the turn's commits; null for a turn that
 *     is ended by another thread, whose session is not used again
 * @param arrivals all that the turn took from the mailbox
 * @param meter measures it
 */
record Turn(Mailbox box, @Nullable Session session, List<Arrival> arrivals, TurnMeter meter) {
  /** The same turn on what was loaded anew. */
  Turn on(Session fresh) {
    return new Turn(box, fresh, arrivals, meter);
  }

  /** The session of a turn that has one. */
  Session known() {
    return Objects.requireNonNull(session);
  }

  Turn withoutSession() {
    return new Turn(box, null, arrivals, meter);
  }
}
