package io.durable4j.host;

import java.util.List;

/** Finds the known word that a mistyped one is nearest to. */
final class Nearest {
  private Nearest() {}

  /** The word with the fewest letters to insert, drop or change; the first of several. */
  static String of(String word, List<String> known) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String k : known) {
      int distance = distance(word, k);
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
