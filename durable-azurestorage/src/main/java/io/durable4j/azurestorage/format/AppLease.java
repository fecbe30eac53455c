package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.data.DurableException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The blob that tells which app holds a hub.
 *
 * @param owner the lease id of the app that holds it; null for none
 * @param desiredSwap the lease id of the app that is to have it next; null for none
 */
public record AppLease(@Nullable UUID owner, @Nullable UUID desiredSwap) {
  private static final String OWNER = "OwnerId";
  private static final String DESIRED = "DesiredSwapId";

  /**
   * The id under which an app takes the lease, always the same.
   *
   * @param appName the app's name; may be empty
   * @return the 32-bit FNV-1a hash of the name in the first group, and zeros
   */
  public static UUID id(String appName) {
    int hash = 0x811C9DC5;
    for (byte b : appName.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x01000193;
    }
    return new UUID((hash & 0xFFFF_FFFFL) << 32, 0);
  }

  /**
   * The text of the blob.
   *
   * @return its JSON
   */
  public String json() {
    return Json.write(
        g -> {
          g.writeStartObject();
          g.writeStringField(OWNER, owner == null ? null : owner.toString());
          g.writeStringField(DESIRED, desiredSwap == null ? null : desiredSwap.toString());
          g.writeEndObject();
        });
  }

  /**
   * Reads the text of the blob.
   *
   * @param json its JSON
   * @return what it tells
   * @throws DurableException when it does not read
   */
  public static AppLease read(String json) {
    try {
      Members m = Members.parse(json);
      return new AppLease(id(m, OWNER), id(m, DESIRED));
    } catch (IllegalArgumentException | DurableException e) {
      throw new DurableException("Damaged app lease: " + e.getMessage(), e);
    }
  }

  private static @Nullable UUID id(Members m, String name) {
    String text = m.text(name);
    return text == null || text.isEmpty() ? null : UUID.fromString(text);
  }
}
