package io.durable4j.inmemory;

import io.durable4j.message.Codec;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.QueueId;
import java.util.ArrayList;
import java.util.List;

/**
 * A delivery whose message is not decoded yet, since that is done outside the lock.
 *
 * @param row the stored message
 * @param from its queue
 * @param attempt as in {@link Delivery}
 * @param released as in {@link Delivery}
 * @param receipt as in {@link Delivery}
 */
record Held(MessageRow row, QueueId from, int attempt, int released, Receipt receipt) {
  Delivery decode() {
    return new Delivery(Codec.message(row.bytes()), from, row.order(), attempt, released, receipt);
  }

  static List<Delivery> decode(List<Held> all) {
    List<Delivery> decoded = new ArrayList<>(all.size());
    for (Held h : all) {
      decoded.add(h.decode());
    }
    return decoded;
  }
}
