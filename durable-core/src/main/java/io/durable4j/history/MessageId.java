package io.durable4j.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
  /** Namespace of the derived ids, drawn once at random and never to change. */
  private static final UUID NAMESPACE = UUID.fromString("5b8a3c5e-64f0-4f3e-9a1d-0d2f7c1be4a6");

  /** Never fed; copies of it are. */
  private static final MessageDigest EMPTY = lookUp();

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int ABSENT = 0;
  private static final int PRESENT = 1;

  /**
   * An id derived from the facts that make a message what it is (UUID version 5, RFC 9562).
   *
   * @param facts the facts, in a fixed order; null and the empty string are different facts
   * @return the id
   */
  public static MessageId derived(@Nullable Object... facts) {
    MessageDigest sha1 = sha1();
    byte[] head = new byte[16];
    LONG.set(head, 0, NAMESPACE.getMostSignificantBits());
    LONG.set(head, 8, NAMESPACE.getLeastSignificantBits());
    sha1.update(head);
    for (Object fact : facts) {
      if (fact == null) {
        sha1.update((byte) ABSENT);
      } else {
        byte[] text = fact.toString().getBytes(StandardCharsets.UTF_8);
        head[0] = PRESENT;
        INT.set(head, 1, text.length);
        sha1.update(head, 0, 5);
        sha1.update(text);
      }
    }
    byte[] hash = sha1.digest();
    long high = ((long) LONG.get(hash, 0) & ~0xF000L) | 0x5000L;
    long low = ((long) LONG.get(hash, 8) & ~(0xC0L << 56)) | (0x80L << 56);
    return new MessageId(new UUID(high, low));
  }

  /**
   * The id of the message that answers this one.
   *
   * @return the derived id
   */
  public MessageId answer() {
    return derived("answer", value);
  }

  /** A copy: looking the algorithm up leaves something behind in each thread. */
  private static MessageDigest sha1() {
    try {
      return (MessageDigest) EMPTY.clone();
    } catch (CloneNotSupportedException e) {
      return lookUp();
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
