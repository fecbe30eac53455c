package io.durable4j.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * How an orchestration continues as new. Immutable; begin with {@link #DEFAULT}.
 *
 * @param version the version of the next generation; null for the present one. Another version may
 *     be served by another class
 * @param preserveEvents whether events that no wait has taken go over to the next generation, in
 *     the order in which they came; otherwise those that have come by then are lost
 */
public record ContinueOptions(@Nullable String version, boolean preserveEvents) {
  /** The same version; events go over. */
  public static final ContinueOptions DEFAULT = new ContinueOptions(null, true);

  /**
   * The same with a version.
   *
   * @param next the version of the next generation
   * @return the options
   */
  public ContinueOptions withVersion(String next) {
    return new ContinueOptions(next, preserveEvents);
  }

  /**
   * The same without the events that no wait has taken.
   *
   * @return the options
   */
  public ContinueOptions discardingEvents() {
    return new ContinueOptions(version, false);
  }
}
