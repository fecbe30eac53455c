package io.durable4j.data;

/** Finds and escapes UTF-16 surrogates that have no partner. */
final class Surrogates {
  private Surrogates() {}

  static boolean hasLone(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (isPair(s, i)) {
        i++;
      } else {
        return true;
      }
    }
    return false;
  }

  /** In JSON a raw surrogate can only stand inside a string, where this escape is legal. */
  static String escapeLone(String json) {
    if (!hasLone(json)) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!Character.isSurrogate(c)) {
        out.append(c);
      } else if (isPair(json, i)) {
        out.append(c).append(json.charAt(++i));
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  private static boolean isPair(String s, int i) {
    return Character.isHighSurrogate(s.charAt(i))
        && i + 1 < s.length()
        && Character.isLowSurrogate(s.charAt(i + 1));
  }
}
