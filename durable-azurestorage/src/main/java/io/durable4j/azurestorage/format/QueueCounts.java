package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What the text of a message tells of its deliveries, besides the count that the queue keeps: that
 * one tells neither of the delivery to a sender who claimed the message, nor whether a delivery was
 * given back or ended without an answer.
 *
 * @param claimed whether it was first delivered to its sender
 * @param released how often it was given back
 */
public record QueueCounts(boolean claimed, int released) {
  /** A message that was just sent, to anyone. */
  public static final QueueCounts NONE = new QueueCounts(false, 0);

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(,\"" + Extras.CLAIMED + "\":true)?(,\"" + Extras.RELEASED + "\":\\d+)?\\}\\s*$");

  static QueueCounts of(Members m) {
    return new QueueCounts(m.flag(Extras.CLAIMED), Math.max(0, m.number(Extras.RELEASED, 0)));
  }

  /**
   * After one more delivery was given back.
   *
   * @return the counts
   */
  public QueueCounts release() {
    return new QueueCounts(claimed, released + 1);
  }

  /**
   * How often the message was delivered.
   *
   * @param dequeues what the queue counted
   * @return at least 1
   */
  public int attempt(long dequeues) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, dequeues + (claimed ? 1 : 0)));
  }

  /**
   * A text that tells these counts. Everything else in it stays as it is, to the letter: others may
   * have written it, with members that nobody here knows.
   *
   * @param text the text of a message, in either form
   * @return the text with the counts as its last members
   */
  public String in(String text) {
    if (!text.startsWith("{")) {
      String json = new String(Base64.getDecoder().decode(text.trim()), UTF_8);
      return Base64.getEncoder().encodeToString(in(json).getBytes(UTF_8));
    }
    String counts =
        (claimed ? ",\"" + Extras.CLAIMED + "\":true" : "")
            + (released > 0 ? ",\"" + Extras.RELEASED + "\":" + released : "");
    return WRITTEN.matcher(text).replaceFirst(counts + "}");
  }
}
