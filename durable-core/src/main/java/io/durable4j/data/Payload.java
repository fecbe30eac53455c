package io.durable4j.data;

import java.util.Objects;

/**
 * A user value in its stored form: text, JSON unless the user's {@link DataConverter} says
 * otherwise. The engine never looks inside. The text holds no unpaired surrogates, so it survives
 * every UTF-8 store.
 *
 * @param text the encoded value
 */
public record Payload(String text) {
  /** Checks that the text can be stored. */
  public Payload {
    Objects.requireNonNull(text, "text");
    if (Surrogates.hasLone(text)) {
      throw new PayloadException("A payload may not contain an unpaired surrogate", null);
    }
  }

  /**
   * The payload's size in storage.
   *
   * @return the number of bytes of the text in UTF-8
   */
  public int sizeInBytes() {
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        size++;
      } else if (c < 0x800) {
        size += 2;
      } else if (Character.isHighSurrogate(c)) {
        size += 4;
        i++;
      } else {
        size += 3;
      }
    }
    return size;
  }
}
