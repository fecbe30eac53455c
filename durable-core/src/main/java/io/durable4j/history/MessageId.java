package io.durable4j.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a message, the same however often it is sent, repeated or delivered. A message of
 * a turn has a derived id, so that a repeated turn that decides the same sends the same message; a
 * client's is given or random; a result's is derived from its request's.
 *
 * @param value the UUID
 */
public record MessageId(UUID value) {
  /**
   * An id derived from the facts that make a message what it is (UUID version 5, RFC 9562).
   *
   * @param facts the facts, in a fixed order; null and the empty string are different facts
   * @return the id
   */
  public static MessageId derived(@Nullable Object... facts) {
    return new DerivedIds().of(facts);
  }

  /**
   * The id of the message that answers this one.
   *
   * @return the derived id
   */
  public MessageId answer() {
    return new DerivedIds().answerTo(this);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
