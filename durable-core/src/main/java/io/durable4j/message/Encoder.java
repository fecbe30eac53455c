package io.durable4j.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.durable4j.data.DurableException;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import java.io.IOException;
import java.util.List;

/**
 * Encodes records one after the other, as {@link Codec} does one: for a commit, whose many small
 * records are cheaper together. For one thread; to be closed.
 */
public final class Encoder implements AutoCloseable {
  private final Bytes bytes = new Bytes();
  private final JsonOut out;

  /** An encoder. */
  public Encoder() {
    try {
      out = new JsonOut(Json.FACTORY.createGenerator(bytes));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Encodes an event.
   *
   * @param event the event
   * @return its JSON in UTF-8
   */
  public byte[] encode(HistoryEvent event) {
    return encode(o -> EventJson.write(o, event));
  }

  /**
   * Encodes events.
   *
   * @param events the events
   * @return the JSON of each
   */
  public List<byte[]> encode(List<HistoryEvent> events) {
    byte[][] all = new byte[events.size()][];
    for (int i = 0; i < all.length; i++) {
      all[i] = encode(events.get(i));
    }
    return List.of(all);
  }

  /**
   * Encodes a state.
   *
   * @param state the state
   * @return its JSON in UTF-8
   */
  public byte[] encode(InstanceState state) {
    return encode(o -> StateJson.write(o, state));
  }

  /**
   * Encodes a message.
   *
   * @param message the message
   * @return its JSON in UTF-8
   */
  public byte[] encode(Message message) {
    return encode(o -> MessageJson.write(o, message));
  }

  private byte[] encode(Writer body) {
    JsonGenerator g = out.generator();
    try {
      body.write(out);
      g.flush();
      return bytes.take();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DurableException failed(IOException e) {
    return new DurableException("Cannot encode: " + e.getMessage(), e);
  }

  /** Gives the buffers back. */
  @Override
  public void close() {
    try {
      out.generator().close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private interface Writer {
    void write(JsonOut out) throws IOException;
  }
}
