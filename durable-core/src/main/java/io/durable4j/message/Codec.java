package io.durable4j.message;

import com.fasterxml.jackson.core.JsonParser;
import io.durable4j.data.DurableException;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import java.io.IOException;
import java.util.Arrays;

/**
 * The engine's own JSON form of events, states and messages: one object each, UTF-8, absent members
 * are nulls, payloads are strings. Members and kinds that this version does not know are skipped,
 * or kept as {@link io.durable4j.history.EventBody.Unknown}.
 */
public final class Codec {
  private Codec() {}

  /**
   * Encodes an event.
   *
   * @param event the event
   * @return its JSON in UTF-8
   */
  public static byte[] encode(HistoryEvent event) {
    try (Encoder encoder = new Encoder()) {
      return encoder.encode(event);
    }
  }

  /**
   * Decodes an event.
   *
   * @param json its JSON in UTF-8
   * @return the event
   * @throws DurableException when the text is no event
   */
  public static HistoryEvent event(byte[] json) {
    return decode(json, EventJson::read);
  }

  /**
   * Encodes a state.
   *
   * @param s the state
   * @return its JSON in UTF-8
   */
  public static byte[] encode(InstanceState s) {
    try (Encoder encoder = new Encoder()) {
      return encoder.encode(s);
    }
  }

  /**
   * Decodes a state.
   *
   * @param json its JSON in UTF-8
   * @return the state
   * @throws DurableException when the text is no state
   */
  public static InstanceState state(byte[] json) {
    return decode(json, StateJson::read);
  }

  /**
   * Decodes a state from its parts.
   *
   * @param start what {@link Encoder#encodeStart} gave when the execution began
   * @param progress what {@link Encoder#encodeProgress} gave at the newest turn; where both tell a
   *     member, this one counts
   * @return the state
   * @throws DurableException when the texts are no state
   */
  public static InstanceState state(byte[] start, byte[] progress) {
    return decode(joined(start, progress), StateJson::read);
  }

  /** One object with the members of two, which are not empty. */
  private static byte[] joined(byte[] one, byte[] other) {
    if (one.length == 0 || other.length == 0) {
      return new byte[0];
    }
    byte[] both = Arrays.copyOf(one, one.length + other.length - 1);
    both[one.length - 1] = ',';
    System.arraycopy(other, 1, both, one.length, other.length - 1);
    return both;
  }

  /**
   * Encodes a message.
   *
   * @param m the message
   * @return its JSON in UTF-8
   */
  public static byte[] encode(Message m) {
    try (Encoder encoder = new Encoder()) {
      return encoder.encode(m);
    }
  }

  /**
   * Decodes a message.
   *
   * @param json its JSON in UTF-8
   * @return the message
   * @throws DurableException when the text is no message
   */
  public static Message message(byte[] json) {
    return decode(json, MessageJson::read);
  }

  private static <T> T decode(byte[] json, Reader<T> body) {
    try (JsonParser p = Json.FACTORY.createParser(json)) {
      return body.read(Members.read(p));
    } catch (IOException | RuntimeException e) {
      throw new DurableException("Damaged record: " + e.getMessage(), e);
    }
  }

  private interface Reader<T> {
    T read(Members m) throws IOException;
  }
}
