package io.durable4j.client;

import io.durable4j.history.OrchestrationStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a query finds: those that match all it asks for. Immutable; begin with {@link
 * #ALL}.
 *
 * @param statuses one of these statuses; empty for any
 * @param prefix ids that begin so, case-sensitive; null for any
 * @param createdFrom created at or after; null for any time
 * @param createdTo created before; null for any time
 * @param parent children of this instance; null for any
 * @param parked only parked ones, or only those that are not; null for both
 * @param tags those that have all of these tags with these values
 * @param payloads whether states come with input and output; without, both are null
 * @param pageSize how many instances one call to storage brings at most, 1 to 1,000
 */
public record InstanceQuery(
    Set<OrchestrationStatus> statuses,
    @Nullable String prefix,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable String parent,
    @Nullable Boolean parked,
    Map<String, String> tags,
    boolean payloads,
    int pageSize) {
  /** Every instance, without payloads, in pages of 100. */
  public static final InstanceQuery ALL =
      new InstanceQuery(Set.of(), null, null, null, null, null, Map.of(), false, 100);

  private static final int MAX_PAGE = 1_000;

  /** Copies the collections, and refuses a page size out of range. */
  public InstanceQuery {
    statuses = Set.copyOf(statuses);
    tags = Map.copyOf(tags);
    if (pageSize < 1 || pageSize > MAX_PAGE) {
      throw new IllegalArgumentException(
          "A page holds 1 to " + MAX_PAGE + " instances, not " + pageSize);
    }
  }

  /**
   * The same for some statuses.
   *
   * @param any one of these
   * @return the query
   */
  public InstanceQuery status(OrchestrationStatus... any) {
    return new InstanceQuery(
        Set.of(any), prefix, createdFrom, createdTo, parent, parked, tags, payloads, pageSize);
  }

  /**
   * The same for ids that begin alike.
   *
   * @param start how they begin, case-sensitive
   * @return the query
   */
  public InstanceQuery prefix(String start) {
    return new InstanceQuery(
        statuses, start, createdFrom, createdTo, parent, parked, tags, payloads, pageSize);
  }

  /**
   * The same for those created at or after a time.
   *
   * @param time the time
   * @return the query
   */
  public InstanceQuery createdFrom(Instant time) {
    return new InstanceQuery(
        statuses, prefix, time, createdTo, parent, parked, tags, payloads, pageSize);
  }

  /**
   * The same for those created before a time.
   *
   * @param time the time
   * @return the query
   */
  public InstanceQuery createdTo(Instant time) {
    return new InstanceQuery(
        statuses, prefix, createdFrom, time, parent, parked, tags, payloads, pageSize);
  }

  /**
   * The same for the children of an instance; not for theirs.
   *
   * @param id the parent's id
   * @return the query
   */
  public InstanceQuery parent(String id) {
    return new InstanceQuery(
        statuses, prefix, createdFrom, createdTo, id, parked, tags, payloads, pageSize);
  }

  /**
   * The same for parked instances, or for those that are not.
   *
   * @param wanted which
   * @return the query
   */
  public InstanceQuery parked(boolean wanted) {
    return new InstanceQuery(
        statuses, prefix, createdFrom, createdTo, parent, wanted, tags, payloads, pageSize);
  }

  /**
   * The same for those that have one more tag.
   *
   * @param key the tag
   * @param value its value, case-sensitive
   * @return the query
   */
  public InstanceQuery tag(String key, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return new InstanceQuery(
        statuses, prefix, createdFrom, createdTo, parent, parked, more, payloads, pageSize);
  }

  /**
   * The same with input and output in each state.
   *
   * @return the query
   */
  public InstanceQuery withPayloads() {
    return new InstanceQuery(
        statuses, prefix, createdFrom, createdTo, parent, parked, tags, true, pageSize);
  }

  /**
   * The same in pages of another size.
   *
   * @param instances 1 to 1,000
   * @return the query
   */
  public InstanceQuery pageSize(int instances) {
    return new InstanceQuery(
        statuses, prefix, createdFrom, createdTo, parent, parked, tags, payloads, instances);
  }
}
