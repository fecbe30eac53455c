package io.durable4j.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Which instances a worker takes by their version.
 *
 * @param own the worker's version, or empty
 * @param match which versions fit it
 * @param fail whether an instance that does not fit fails, rather than waits for another worker
 */
public record VersionRules(String own, Match match, boolean fail) {
  /** Which versions fit. */
  public enum Match {
    /** All. */
    NONE,
    /** The worker's own only. */
    STRICT,
    /** The worker's own and those below it. */
    CURRENT_OR_OLDER
  }

  /** Why a version does not fit; null when it does. */
  @Nullable String misfit(String version) {
    if (match == Match.NONE) {
      return null;
    }
    int difference = Versions.compare(version, own);
    if (match == Match.STRICT ? difference == 0 : difference <= 0) {
      return null;
    }
    return "The instance's version is "
        + named(version)
        + "; this worker's is "
        + named(own)
        + " and it takes "
        + (match == Match.STRICT ? "this one only" : "this one and older ones");
  }

  private static String named(String version) {
    return version.isBlank() ? "none" : "'" + version + "'";
  }
}
