package io.durable4j.internal.replay;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids and randomness that come out the same on every replay. */
final class Repeatable {
  /** The Durable Task family's namespace of orchestration ids. */
  private static final UUID NAMESPACE = UUID.fromString("9e952958-5e33-4daf-827f-2fa12937b875");

  private static final DateTimeFormatter ROUND_TRIP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final InstanceId instance;
  private final long seed;
  private @Nullable Random random;
  private int counter;

  Repeatable(InstanceId instance, ExecutionId execution) {
    this.instance = instance;
    this.seed = 31L * instance.value().hashCode() + execution.value().hashCode();
  }

  Random random() {
    Random known = random;
    if (known == null) {
      known = new Random(seed);
      random = known;
    }
    return known;
  }

  /** UUID version 5 of instance id, clock and counter, as the family makes it. */
  UUID uuid(Instant clock) {
    String name = instance.value() + "_" + ROUND_TRIP.format(clock) + "_" + counter++;
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
