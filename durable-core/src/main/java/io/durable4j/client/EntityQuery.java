package io.durable4j.client;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which entities a query finds: those that match all it asks for. Immutable; begin with {@link
 * #ALL}.
 *
 * @param name entities of this name, in small letters; null for any
 * @param keyPrefix keys that begin so, case-sensitive, of the entities of a name; null for any
 * @param modifiedFrom those that did something last at or after; null for any time
 * @param modifiedTo those that did something last before; null for any time
 * @param withState whether the states come along
 * @param transients whether those are found too that have no state: deleted ones, those that are
 *     only locked, or have only requests queued
 * @param pageSize how many entities one call to storage brings at most, 1 to 1,000
 */
public record EntityQuery(
    @Nullable String name,
    @Nullable String keyPrefix,
    @Nullable Instant modifiedFrom,
    @Nullable Instant modifiedTo,
    boolean withState,
    boolean transients,
    int pageSize) {
  /** Every entity that exists, with its state, in pages of 100. */
  public static final EntityQuery ALL = new EntityQuery(null, null, null, null, true, false, 100);

  private static final int MAX_PAGE = 1_000;

  /** Puts the name into small letters, and refuses what no entity can match. */
  public EntityQuery {
    if (name != null) {
      name = name.toLowerCase(Locale.ROOT);
      if (name.isBlank() || name.indexOf('@') >= 0) {
        throw new IllegalArgumentException(
            "No entity has the name '" + name + "': a name needs letters, and has no @");
      }
    } else if (keyPrefix != null) {
      throw new IllegalArgumentException(
          "Keys that begin with '" + keyPrefix + "' are looked for among entities of one name");
    }
    if (pageSize < 1 || pageSize > MAX_PAGE) {
      throw new IllegalArgumentException(
          "A page holds 1 to " + MAX_PAGE + " entities, not " + pageSize);
    }
  }

  /**
   * The same for the entities of a name.
   *
   * @param kind the name; case does not matter
   * @return the query
   */
  public EntityQuery name(String kind) {
    return new EntityQuery(
        kind, keyPrefix, modifiedFrom, modifiedTo, withState, transients, pageSize);
  }

  /**
   * The same for the entities of a name whose keys begin alike.
   *
   * @param kind the name; case does not matter
   * @param start how the keys begin, case-sensitive
   * @return the query
   */
  public EntityQuery keys(String kind, String start) {
    return new EntityQuery(kind, start, modifiedFrom, modifiedTo, withState, transients, pageSize);
  }

  /**
   * The same for those that did something last at or after a time.
   *
   * @param time the time
   * @return the query
   */
  public EntityQuery modifiedFrom(Instant time) {
    return new EntityQuery(name, keyPrefix, time, modifiedTo, withState, transients, pageSize);
  }

  /**
   * The same for those that did something last before a time.
   *
   * @param time the time
   * @return the query
   */
  public EntityQuery modifiedTo(Instant time) {
    return new EntityQuery(name, keyPrefix, modifiedFrom, time, withState, transients, pageSize);
  }

  /**
   * The same without the states.
   *
   * @return the query
   */
  public EntityQuery withoutState() {
    return new EntityQuery(name, keyPrefix, modifiedFrom, modifiedTo, false, transients, pageSize);
  }

  /**
   * The same with those that have no state.
   *
   * @return the query
   */
  public EntityQuery withTransients() {
    return new EntityQuery(name, keyPrefix, modifiedFrom, modifiedTo, withState, true, pageSize);
  }

  /**
   * The same in pages of another size.
   *
   * @param entities 1 to 1,000
   * @return the query
   */
  public EntityQuery pageSize(int entities) {
    return new EntityQuery(
        name, keyPrefix, modifiedFrom, modifiedTo, withState, transients, entities);
  }
}
