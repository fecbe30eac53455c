package io.durable4j.message;

import io.durable4j.data.DurableException;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Encodes records one after the other, as {@link Codec} does one: for a commit, whose many small
 * records are cheaper together. For one thread; to be closed.
 */
public final class Encoder implements AutoCloseable {
  private final Bytes bytes = new Bytes();
  private final JsonOut out;
  private final Predicate<Encoder> keep;
  private boolean open = true;
  private boolean broken;

  /** An encoder. */
  public Encoder() {
    this(done -> false);
  }

  /** One that is asked about when it is closed: whether it will be used again. */
  Encoder(Predicate<Encoder> keep) {
    this.keep = keep;
    try {
      out = new JsonOut(Json.FACTORY.createGenerator(bytes));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** It is in use again. */
  Encoder again() {
    open = true;
    return this;
  }

  /**
   * Encodes an event.
   *
   * @param event the event
   * @return its JSON in UTF-8
   */
  public byte[] encode(HistoryEvent event) {
    return encoded(EventJson::write, event);
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
    return encoded(StateJson::write, state);
  }

  /**
   * Encodes what of a state is settled when the execution begins: its ids, and {@link
   * InstanceState#start()}.
   *
   * @param state the state
   * @return its JSON in UTF-8, for {@link Codec#state(byte[], byte[])}
   */
  public byte[] encodeStart(InstanceState state) {
    return encoded(StateJson::writeStart, state);
  }

  /**
   * Encodes what of a state changes from turn to turn: all that {@link #encodeStart} leaves out.
   *
   * @param state the state
   * @return its JSON in UTF-8, for {@link Codec#state(byte[], byte[])}
   */
  public byte[] encodeProgress(InstanceState state) {
    return encoded(StateJson::writeProgress, state);
  }

  /**
   * Encodes a message.
   *
   * @param message the message
   * @return its JSON in UTF-8
   */
  public byte[] encode(Message message) {
    return encoded(MessageJson::write, message);
  }

  /** How a record is written. */
  private interface Writer<T> {
    void write(JsonOut out, T value) throws IOException;
  }

  private <T> byte[] encoded(Writer<T> writer, T value) {
    // until it has ended, the next record cannot be written behind this one
    broken = true;
    try {
      writer.write(out, value);
      out.generator().flush();
    } catch (IOException e) {
      throw failed(e);
    }
    broken = false;
    return bytes.take();
  }

  private static DurableException failed(IOException e) {
    return new DurableException("Cannot encode: " + e.getMessage(), e);
  }

  /** Goes back to where it was taken from, or gives the buffers back. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    if (!broken && keep.test(this)) {
      return;
    }
    try {
      out.generator().close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
