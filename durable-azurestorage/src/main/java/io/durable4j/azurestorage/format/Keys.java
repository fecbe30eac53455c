package io.durable4j.azurestorage.format;

/**
 * Instance ids as partition keys. A character that a key may not have becomes {@code ^} and another
 * one. Escaping twice is not the same as once.
 */
public final class Keys {
  private static final String FORBIDDEN = "^/\\#?";
  private static final String CODES = "^0123";
  private static final char SHIFT = 0xC0;

  private Keys() {}

  /**
   * Escapes an id.
   *
   * @param id the id as users know it
   * @return the partition key
   */
  public static String escape(String id) {
    StringBuilder key = null;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      int forbidden = FORBIDDEN.indexOf(c);
      if (forbidden < 0 && !Character.isISOControl(c)) {
        if (key != null) {
          key.append(c);
        }
        continue;
      }
      if (key == null) {
        key = new StringBuilder(id.length() + 16).append(id, 0, i);
      }
      key.append('^').append(forbidden < 0 ? (char) (c + SHIFT) : CODES.charAt(forbidden));
    }
    return key == null ? id : key.toString();
  }

  /**
   * The id of a key.
   *
   * @param key the partition key
   * @return the id as users know it
   */
  public static String unescape(String key) {
    if (key.indexOf('^') < 0) {
      return key;
    }
    StringBuilder id = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c != '^' || i + 1 == key.length()) {
        id.append(c);
        continue;
      }
      char escaped = key.charAt(++i);
      int code = CODES.indexOf(escaped);
      if (code >= 0) {
        id.append(FORBIDDEN.charAt(code));
      } else {
        id.append(escaped >= SHIFT ? (char) (escaped - SHIFT) : escaped);
      }
    }
    return id.toString();
  }
}
