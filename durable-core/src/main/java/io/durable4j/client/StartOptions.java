package io.durable4j.client;

import io.durable4j.history.Headers;
import io.durable4j.history.OrchestrationStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to start an orchestration. Immutable; begin with {@link #DEFAULT}.
 *
 * @param id the instance id; null for a random one
 * @param startAt when to start; null for at once
 * @param tags the tags
 * @param version the version; empty for none, null for the client's default (setting {@code
 *     version.default})
 * @param replace in which states an instance of the same id is replaced; finished ones only
 */
public record StartOptions(
    @Nullable String id,
    @Nullable Instant startAt,
    Map<String, String> tags,
    @Nullable String version,
    Set<OrchestrationStatus> replace) {
  /** A random id, at once, nothing is replaced. */
  public static final StartOptions DEFAULT = new StartOptions(null, null, Map.of(), null, Set.of());

  private static final Set<OrchestrationStatus> FINISHED =
      Set.of(
          OrchestrationStatus.COMPLETED,
          OrchestrationStatus.FAILED,
          OrchestrationStatus.CANCELED,
          OrchestrationStatus.TERMINATED);

  /** Refuses live states. */
  public StartOptions {
    for (OrchestrationStatus s : replace) {
      if (!FINISHED.contains(s)) {
        throw new IllegalArgumentException(
            "A start cannot replace an instance that is " + s + "; terminate it first");
      }
    }
    tags = Map.copyOf(tags);
    replace = Set.copyOf(replace);
  }

  /**
   * Options with an id.
   *
   * @param id the instance id
   * @return the options
   */
  public static StartOptions id(String id) {
    return new StartOptions(id, null, Map.of(), null, Set.of());
  }

  /**
   * The same at a time.
   *
   * @param time when to start
   * @return the options
   */
  public StartOptions at(Instant time) {
    return new StartOptions(id, time, tags, version, replace);
  }

  /**
   * The same with tags.
   *
   * @param all the tags
   * @return the options
   */
  public StartOptions withTags(Map<String, String> all) {
    return new StartOptions(id, startAt, all, version, replace);
  }

  /**
   * The same with a header; {@link #withTags} replaces headers too.
   *
   * @param name the header
   * @param value its value
   * @return the options
   */
  public StartOptions withHeader(String name, String value) {
    return withTags(Headers.with(tags, name, value));
  }

  /**
   * The same with a version.
   *
   * @param wanted the version; empty for none, whatever the client's default
   * @return the options
   */
  public StartOptions withVersion(String wanted) {
    return new StartOptions(id, startAt, tags, wanted, replace);
  }

  /**
   * The same, replacing a finished instance of the id, however it ended.
   *
   * @return the options
   */
  public StartOptions replacingFinished() {
    return new StartOptions(id, startAt, tags, version, FINISHED);
  }

  /**
   * The same, replacing an instance of the id in some states.
   *
   * @param states finished states
   * @return the options
   */
  public StartOptions replacing(Set<OrchestrationStatus> states) {
    return new StartOptions(id, startAt, tags, version, states);
  }
}
