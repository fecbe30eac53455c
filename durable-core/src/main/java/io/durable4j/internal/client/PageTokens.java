package io.durable4j.internal.client;

import io.durable4j.data.DurableException;
import io.durable4j.history.MessageId;
import io.durable4j.spi.InstanceQueries.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A client's tokens of pages: each wraps one of the store's and knows its query.
 *
 * @param mark the same for the same query in every process
 */
record PageTokens(String mark) {
  private static final int MARK = 8;

  /** Those of a query that these facts make what it is. */
  static PageTokens of(@Nullable Object... facts) {
    return new PageTokens(MessageId.derived(facts).toString().substring(0, MARK));
  }

  @Nullable String wrap(@Nullable Token token) {
    if (token == null) {
      return null;
    }
    byte[] text = (mark + token.value()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  @Nullable Token unwrap(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String plain;
    try {
      plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new DurableException("This is no token of a page: " + text, e);
    }
    if (!plain.startsWith(mark)) {
      throw new DurableException(
          "The token belongs to another query; go on with the query that gave it");
    }
    return new Token(plain.substring(MARK));
  }
}
