package io.durable4j.orchestration;

import io.durable4j.history.Headers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to call an activity or a sub-orchestration. Immutable; begin with {@link #DEFAULT}.
 *
 * @param retry when to try again, or null; excludes {@code handler}
 * @param handler decides by code when to try again, or null
 * @param timeout how long one attempt may run; null for the registration's limit; of activities
 *     only
 * @param tags tags of the call
 * @param version the callee's version; null for the default
 * @param instanceId the id of the sub-orchestration's instance; null for a derived one
 */
public record CallOptions(
    @Nullable RetryPolicy retry,
    @Nullable RetryHandler handler,
    @Nullable Duration timeout,
    Map<String, String> tags,
    @Nullable String version,
    @Nullable String instanceId) {
  /** One attempt, no limit of its own. */
  public static final CallOptions DEFAULT = new CallOptions(null, null, null, Map.of(), null, null);

  /** Refuses contradictions. */
  public CallOptions {
    if (retry != null && handler != null) {
      throw new IllegalArgumentException("Give a retry policy or a retry handler, not both");
    }
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("An activity's timeout is positive, not " + timeout);
    }
    tags = Map.copyOf(tags);
  }

  /**
   * Whether an attempt that fails may be followed by another one.
   *
   * @return true with a retry policy or a retry handler
   */
  public boolean hasRetries() {
    return retry != null || handler != null;
  }

  /**
   * Options with a retry policy.
   *
   * @param policy when to try again
   * @return the options
   */
  public static CallOptions retry(RetryPolicy policy) {
    return new CallOptions(policy, null, null, Map.of(), null, null);
  }

  /**
   * Options with a retry handler.
   *
   * @param handler decides when to try again
   * @return the options
   */
  public static CallOptions retry(RetryHandler handler) {
    return new CallOptions(null, handler, null, Map.of(), null, null);
  }

  /**
   * The same with a limit on each attempt.
   *
   * @param limit how long one attempt may run; positive
   * @return the options
   */
  public CallOptions withTimeout(Duration limit) {
    return new CallOptions(retry, handler, limit, tags, version, instanceId);
  }

  /**
   * The same with tags.
   *
   * @param all the tags
   * @return the options
   */
  public CallOptions withTags(Map<String, String> all) {
    return new CallOptions(retry, handler, timeout, all, version, instanceId);
  }

  /**
   * The same with a header; {@link #withTags} replaces headers too.
   *
   * @param name the header
   * @param value its value
   * @return the options
   */
  public CallOptions withHeader(String name, String value) {
    return withTags(Headers.with(tags, name, value));
  }

  /**
   * The same with a version.
   *
   * @param wanted the callee's version
   * @return the options
   */
  public CallOptions withVersion(String wanted) {
    return new CallOptions(retry, handler, timeout, tags, wanted, instanceId);
  }

  /**
   * Options with an instance id, for a sub-orchestration.
   *
   * @param id the id of the child's instance
   * @return the options
   */
  public static CallOptions instance(String id) {
    return DEFAULT.withInstanceId(id);
  }

  /**
   * The same with an instance id, for a sub-orchestration. Each further attempt of the call uses
   * the id again, once the former attempt has ended.
   *
   * @param id the id of the child's instance
   * @return the options
   */
  public CallOptions withInstanceId(String id) {
    return new CallOptions(retry, handler, timeout, tags, version, id);
  }
}
