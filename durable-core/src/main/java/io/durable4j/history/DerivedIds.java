package io.durable4j.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Derives ids as {@link MessageId#derived} does, and keeps what it hashes with for the next one,
 * which is for those who derive many. Thread-safe, never blocks: who comes while another derives
 * gets a digest of its own.
 */
public final class DerivedIds {
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

  private final AtomicReference<@Nullable MessageDigest> idle = new AtomicReference<>();

  /** None derived yet. */
  public DerivedIds() {}

  /**
   * The id that follows from these facts.
   *
   * @param facts the facts, in a fixed order; null and the empty string are different facts
   * @return the id, the same as {@link MessageId#derived} gives
   */
  public MessageId of(@Nullable Object... facts) {
    Facts all = new Facts(facts.length);
    for (Object fact : facts) {
      if (fact instanceof UUID id) {
        all.add(id);
      } else {
        all.add(fact == null ? null : fact.toString());
      }
    }
    MessageDigest kept = idle.getAndSet(null);
    MessageDigest sha1 = kept == null ? sha1() : kept;
    byte[] hash = all.hashed(sha1);
    idle.set(sha1);
    long high = ((long) LONG.get(hash, 0) & ~0xF000L) | 0x5000L;
    long low = ((long) LONG.get(hash, 8) & ~(0xC0L << 56)) | (0x80L << 56);
    return new MessageId(new UUID(high, low));
  }

  /**
   * The id of the message that answers another one.
   *
   * @param request the other one's
   * @return the id, the same as {@link MessageId#answer} gives
   */
  public MessageId answerTo(MessageId request) {
    return of("answer", request.value());
  }

  /** Facts as bytes, one behind the other: each with its length and in UTF-8, or a mark of none. */
  private static final class Facts {
    private static final int HEAD = 5;
    private static final int HASH_LENGTH = 20;
    private static final int UUID_LENGTH = 36;

    /** An id and a short word, or two words that are longer, fill two of them. */
    private static final int USUAL_FACT = 26;

    private byte[] bytes;
    private int size = 16;

    Facts(int count) {
      bytes = new byte[size + count * USUAL_FACT];
      LONG.set(bytes, 0, NAMESPACE.getMostSignificantBits());
      LONG.set(bytes, 8, NAMESPACE.getLeastSignificantBits());
    }

    void add(@Nullable String fact) {
      if (fact == null) {
        room(1);
        bytes[size++] = ABSENT;
        return;
      }
      int length = fact.length();
      room(HEAD + length);
      int at = size + HEAD;
      for (int i = 0; i < length; i++) {
        char c = fact.charAt(i);
        if (c >= 0x80) {
          addEncoded(fact.getBytes(StandardCharsets.UTF_8));
          return;
        }
        bytes[at + i] = (byte) c;
      }
      head(length);
    }

    /** The same as its text. */
    void add(UUID id) {
      room(HEAD + UUID_LENGTH);
      int at = size + HEAD;
      at = digits(at, id.getMostSignificantBits() >>> 32, 8);
      bytes[at++] = '-';
      at = digits(at, id.getMostSignificantBits() >>> 16, 4);
      bytes[at++] = '-';
      at = digits(at, id.getMostSignificantBits(), 4);
      bytes[at++] = '-';
      at = digits(at, id.getLeastSignificantBits() >>> 48, 4);
      bytes[at++] = '-';
      digits(at, id.getLeastSignificantBits(), 12);
      head(UUID_LENGTH);
    }

    private int digits(int at, long value, int count) {
      for (int i = 0; i < count; i++) {
        int shift = 4 * (count - 1 - i);
        bytes[at + i] = (byte) Character.forDigit((int) (value >>> shift) & 0xF, 16);
      }
      return at + count;
    }

    private void addEncoded(byte[] text) {
      room(HEAD + text.length);
      System.arraycopy(text, 0, bytes, size + HEAD, text.length);
      head(text.length);
    }

    private void head(int length) {
      bytes[size] = PRESENT;
      INT.set(bytes, size + 1, length);
      size += HEAD + length;
    }

    /** The hash, in place of the facts. */
    byte[] hashed(MessageDigest sha1) {
      room(Math.max(0, HASH_LENGTH - size));
      sha1.update(bytes, 0, size);
      try {
        sha1.digest(bytes, 0, HASH_LENGTH);
      } catch (DigestException e) {
        throw new AssertionError("there is room for a hash", e);
      }
      return bytes;
    }

    private void room(int more) {
      int wanted = Math.addExact(size, more);
      if (wanted > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
      }
    }
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
}
