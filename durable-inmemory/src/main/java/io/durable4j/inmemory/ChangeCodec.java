package io.durable4j.inmemory;

import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Codec;
import io.durable4j.message.Encoder;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes in binary form: a tag each, then the members in order. The tags never change. */
final class ChangeCodec {
  private ChangeCodec() {}

  static void encode(Change change, ByteOut out) {
    if (change instanceof Change.PutInstance c) {
      out.put(11);
      text(out, c.id().value());
      text(out, c.execution());
      text(out, c.status().name());
      out.put(c.start() != null);
      if (c.start() != null) {
        out.putBytes(c.start());
      }
      out.putBytes(c.progress());
      out.put(c.keepHistory());
      out.putInt(c.events().size());
      for (byte[] e : c.events()) {
        out.putBytes(e);
      }
      out.putLong(c.version());
      out.put(c.commit() != null);
      if (c.commit() != null) {
        uuid(out, c.commit());
      }
    } else if (change instanceof Change.RemoveInstance c) {
      out.put(2);
      text(out, c.id().value());
    } else if (change instanceof Change.PutMessage c) {
      out.put(3);
      queue(out, c.queue());
      MessageRow row = c.row();
      out.putLong(row.order());
      uuid(out, row.id().value());
      text(out, row.name());
      time(out, row.visibleAt());
      out.putInt(row.attempts());
      out.putBytes(row.bytes());
    } else if (change instanceof Change.RemoveMessage c) {
      out.put(4);
      queue(out, c.queue());
      uuid(out, c.id().value());
    } else if (change instanceof Change.Attempts c) {
      out.put(5);
      queue(out, c.queue());
      uuid(out, c.id().value());
      out.putInt(c.attempts());
    } else if (change instanceof Change.Quarantine c) {
      out.put(6);
      uuid(out, c.row().id().value());
      queue(out, c.row().queue());
      text(out, c.row().name());
      out.putBytes(c.row().message());
      out.putBytes(c.row().why());
    } else if (change instanceof Change.RemoveQuarantined c) {
      out.put(7);
      uuid(out, c.id().value());
    } else if (change instanceof Change.CreateHub c) {
      out.put(8);
      text(out, c.spec().name());
      out.putInt(c.spec().partitions());
    } else if (change instanceof Change.DeleteHub) {
      out.put(9);
    } else if (change instanceof Change.Counters c) {
      out.put(10);
      out.putLong(c.nextOrder());
      out.putLong(c.version());
    }
  }

  static List<Change> decode(byte[] bytes, int from) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from));
    List<Change> changes = new ArrayList<>();
    while (in.available() > 0) {
      changes.add(read(in));
    }
    return changes;
  }

  private static Change read(DataInputStream in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 1 -> readInstance(in, true);
      case 11 -> readInstance(in, false);
      case 2 -> new Change.RemoveInstance(new InstanceId(needText(in)));
      case 3 -> {
        QueueId queue = queue(in);
        long order = in.readLong();
        MessageId id = messageId(in);
        String name = text(in);
        Instant visibleAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
        int attempts = in.readInt();
        yield new Change.PutMessage(
            queue, new MessageRow(order, id, name, visibleAt, attempts, MessageText.of(bytes(in))));
      }
      case 4 -> new Change.RemoveMessage(queue(in), messageId(in));
      case 5 -> new Change.Attempts(queue(in), messageId(in), in.readInt());
      case 6 -> {
        MessageId id = messageId(in);
        yield new Change.Quarantine(
            new QuarantineRow(id, queue(in), text(in), bytes(in), bytes(in)));
      }
      case 7 -> new Change.RemoveQuarantined(messageId(in));
      case 8 -> new Change.CreateHub(new HubSpec(needText(in), in.readInt()));
      case 9 -> new Change.DeleteHub();
      case 10 -> new Change.Counters(in.readLong(), in.readLong());
      default -> throw new IOException("unknown kind of change " + tag);
    };
  }

  private static Change readInstance(DataInputStream in, boolean firstForm) throws IOException {
    InstanceId id = new InstanceId(needText(in));
    String execution = needText(in);
    OrchestrationStatus status = OrchestrationStatus.valueOf(needText(in));
    StateText state = firstForm ? parts(bytes(in)) : new StateText(start(in), bytes(in));
    boolean keepHistory = in.readBoolean();
    int count = in.readInt();
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(bytes(in));
    }
    long version = in.readLong();
    UUID commit = in.readBoolean() ? uuid(in) : null;
    return new Change.PutInstance(
        id,
        execution,
        status,
        state.start(),
        state.progress(),
        keepHistory,
        events,
        version,
        commit);
  }

  private static byte @Nullable [] start(DataInputStream in) throws IOException {
    return in.readBoolean() ? bytes(in) : null;
  }

  /** The state was one text in the first form. */
  private static StateText parts(byte[] state) {
    try (Encoder encoder = new Encoder()) {
      return StateText.whole(Codec.state(state), encoder);
    }
  }

  private static void queue(ByteOut out, QueueId q) {
    out.put(q.kind() == QueueId.Kind.CONTROL ? 0 : 1);
    out.putInt(q.shard());
  }

  private static QueueId queue(DataInputStream in) throws IOException {
    QueueId.Kind kind = in.readByte() == 0 ? QueueId.Kind.CONTROL : QueueId.Kind.ACTIVITY;
    return new QueueId(kind, in.readInt());
  }

  private static void uuid(ByteOut out, UUID id) {
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private static MessageId messageId(DataInputStream in) throws IOException {
    return new MessageId(uuid(in));
  }

  private static void time(ByteOut out, Instant time) {
    out.putLong(time.getEpochSecond());
    out.putInt(time.getNano());
  }

  private static void text(ByteOut out, @Nullable String value) {
    if (value == null) {
      out.putInt(-1);
    } else {
      out.putText(value);
    }
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == -1 ? null : new String(exactly(in, length), StandardCharsets.UTF_8);
  }

  private static String needText(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return exactly(in, in.readInt());
  }

  private static byte[] exactly(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("a part of " + length + " bytes does not fit");
    }
    return in.readNBytes(length);
  }
}
