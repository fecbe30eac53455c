package io.durable4j.internal.dispatch;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Compares versions as the family does: blank ones are equal and below all others, dotted numbers
 * compare number by number (of two that begin alike the longer is higher), everything else compares
 * as text, ignoring case. Pairs only: numbers and text together have no order of their own.
 */
final class Versions {
  private static final Pattern DOTTED = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private Versions() {}

  static int compare(String a, String b) {
    String one = a.strip();
    String other = b.strip();
    if (DOTTED.matcher(one).matches() && DOTTED.matcher(other).matches()) {
      return compareNumbers(one.split("\\.", -1), other.split("\\.", -1));
    }
    // the empty text is below all others
    return lower(one).compareTo(lower(other));
  }

  private static int compareNumbers(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int difference = new BigInteger(a[i]).compareTo(new BigInteger(b[i]));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  /** The same text for versions that are equal, and for no others. */
  static String key(String version) {
    String text = version.strip();
    if (text.isEmpty()) {
      return text;
    }
    if (!DOTTED.matcher(text).matches()) {
      return lower(text);
    }
    StringBuilder key = new StringBuilder();
    for (String number : text.split("\\.", -1)) {
      key.append(key.isEmpty() ? "" : ".").append(new BigInteger(number));
    }
    return key.toString();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
