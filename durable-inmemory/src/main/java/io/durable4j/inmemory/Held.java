package io.durable4j.inmemory;

import io.durable4j.message.Codec;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.QueueId;
import java.util.List;

/** A delivery whose message is not decoded yet, since that is done outside the lock. */
record Held(MessageRow row, QueueId from, int attempt, int released, Receipt receipt) {
  Delivery decode() {
    return new Delivery(Codec.message(row.bytes()), from, row.order(), attempt, released, receipt);
  }

  static List<Delivery> decode(List<Held> all) {
    return all.stream().map(Held::decode).toList();
  }
}
