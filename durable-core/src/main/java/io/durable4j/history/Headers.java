package io.durable4j.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Context that travels with calls, from the client to orchestrations and on to their activities and
 * children: a correlation id, say. Headers are kept as tags under reserved names, so that every
 * engine of the family carries them on.
 */
public final class Headers {
  /** What the name of a tag begins with when the tag is a header. */
  public static final String PREFIX = "durable4j.header.";

  private Headers() {}

  /**
   * The headers among tags.
   *
   * @param tags tags and headers
   * @return the headers by their own names, in order of their names
   */
  public static Map<String, String> of(Map<String, String> tags) {
    Map<String, String> headers = new TreeMap<>();
    tags.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            headers.put(name.substring(PREFIX.length()), value);
          }
        });
    return headers;
  }

  /**
   * The tags that are no headers.
   *
   * @param tags tags and headers
   * @return the tags
   */
  public static Map<String, String> without(Map<String, String> tags) {
    Map<String, String> rest = new HashMap<>(tags);
    rest.keySet().removeIf(name -> name.startsWith(PREFIX));
    return Map.copyOf(rest);
  }

  /**
   * Tags with one header more, or another value of it.
   *
   * @param tags tags and headers
   * @param name the header; not blank
   * @param value its value
   * @return tags and headers
   */
  public static Map<String, String> with(Map<String, String> tags, String name, String value) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A header needs a name");
    }
    Map<String, String> all = new HashMap<>(tags);
    all.put(PREFIX + name, value);
    return Map.copyOf(all);
  }
}
