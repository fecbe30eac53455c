package io.durable4j.azurestorage.format;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of the blobs of large payloads, as they stand in instance rows.
 *
 * @param container the address of their container, without a signature
 */
public record BlobUrls(String container) {
  private static final String PLAIN = "-._~";

  /** Takes a slash at the end away. */
  public BlobUrls {
    while (container.endsWith("/")) {
      container = container.substring(0, container.length() - 1);
    }
  }

  /**
   * The address of a blob.
   *
   * @param name its name within the container
   * @return the address, with each part of the path escaped
   */
  public String of(String name) {
    return join(container, escape(name));
  }

  /**
   * Puts a path behind an address, with one slash between.
   *
   * @param base an address, with a slash at its end or without
   * @param path a path, with a slash before it or without
   * @return both
   */
  static String join(String base, String path) {
    if (path.isEmpty() || base.isEmpty()) {
      return base + path;
    }
    boolean ends = base.charAt(base.length() - 1) == '/';
    boolean begins = path.charAt(0) == '/';
    if (ends && begins) {
      return base + path.substring(1);
    }
    return ends || begins ? base + path : base + "/" + path;
  }

  /**
   * The blob that a text is the address of.
   *
   * @param text what stands where a payload or an address may
   * @return the blob's name; null for anything that is not the address of such a blob, so a payload
   */
  public @Nullable String nameOf(String text) {
    if (!text.startsWith(container + "/") || !BlobNames.isLarge(text)) {
      return null;
    }
    String path = text.substring(container.length() + 1);
    try {
      String name = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      return of(name).equalsIgnoreCase(text) ? name : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String escape(String path) {
    StringBuilder out = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          c < 0x80 && (Character.isLetterOrDigit(c) || c == '/' || PLAIN.indexOf(c) >= 0);
      if (plain) {
        out.append(c);
      } else {
        out.append(String.format("%%%02X", (int) c));
      }
    }
    return out.toString();
  }
}
