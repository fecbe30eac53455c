package io.durable4j.internal.dispatch;

import io.durable4j.data.DurableException;
import io.durable4j.internal.entity.EntityCode;
import io.durable4j.internal.replay.Replay;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Orchestrators by name and version, activities by name, ignoring case. Filled before the start,
 * read after.
 */
public final class Registry {
  /** By name, then by version; the code that has no version stands under the empty one. */
  private final Map<String, Map<String, Replay.Code>> orchestrators = new TreeMap<>();

  /** The same, as their contracts write them: most instances do too. */
  private final Map<String, Map<String, Replay.Code>> orchestratorsAsWritten = new HashMap<>();

  private final Map<String, RegisteredActivity> activities = new TreeMap<>();

  /** The same, as their contracts write them: most messages do too. */
  private final Map<String, RegisteredActivity> asWritten = new HashMap<>();

  private final Map<String, EntityCode> entities = new TreeMap<>();

  private final ActivityChain aroundActivities = new ActivityChain();

  /** Nothing is known yet. */
  public Registry() {}

  /**
   * Adds an orchestrator for one version, or for all that have no code of their own.
   *
   * @param version the version; empty for code without one
   * @param code the orchestrator
   * @throws DurableException when the name is taken in this version
   */
  public void add(String version, Replay.Code code) {
    String name = code.name();
    Map<String, Replay.Code> versions =
        orchestrators.computeIfAbsent(key(name), k -> new TreeMap<>());
    orchestratorsAsWritten.put(name, versions);
    if (versions.putIfAbsent(Versions.key(version), code) != null) {
      throw new DurableException(
          "Two orchestrators are called '"
              + name
              + (version.isBlank() ? "'" : "' in version '" + version + "'")
              + " (ignoring case)");
    }
  }

  /**
   * Those who stand around activities.
   *
   * @return the chain
   */
  public ActivityChain aroundActivities() {
    return aroundActivities;
  }

  /**
   * Adds an activity, under its former names, too: calls by these may still be on their way.
   *
   * @param activity the activity
   * @throws DurableException when one of the names is taken
   */
  public void add(RegisteredActivity activity) {
    String name = activity.name();
    if (activities.putIfAbsent(key(name), activity) != null) {
      throw new DurableException(
          "Two activities are called '" + name + "' (ignoring case); give one of them a @Name");
    }
    asWritten.put(name, activity);
    for (String former : activity.aliases()) {
      RegisteredActivity other = activities.putIfAbsent(key(former), activity);
      if (other != null && !other.equals(activity)) {
        throw new DurableException(
            "Activity '"
                + name
                + "' was called '"
                + former
                + "' once, and so is '"
                + other.name()
                + "': a name that histories hold cannot be given to another activity");
      }
    }
  }

  /**
   * Adds a kind of entity.
   *
   * @param entity the code
   * @throws DurableException when the name is taken
   */
  public void add(EntityCode entity) {
    if (entities.putIfAbsent(key(entity.name()), entity) != null) {
      throw new DurableException(
          "Two kinds of entities are called '" + entity.name() + "' (ignoring case)");
    }
  }

  @Nullable EntityCode entity(String name) {
    return entities.get(key(name));
  }

  /**
   * The code of a version; else the code without a version, but only where the name has no code
   * with one: who tells versions apart has to name them all.
   *
   * @param name the orchestrator
   * @param version its version, or empty
   * @return the code; null when there is none
   */
  public Replay.@Nullable Code orchestrator(String name, String version) {
    Map<String, Replay.Code> asWritten = orchestratorsAsWritten.get(name);
    Map<String, Replay.Code> versions =
        asWritten == null ? orchestrators.get(key(name)) : asWritten;
    if (versions == null) {
      return null;
    }
    Replay.Code exact = versions.get(Versions.key(version));
    return exact == null && versions.size() == 1 ? versions.get("") : exact;
  }

  /**
   * Why there is no code, for a person.
   *
   * @param name the orchestrator
   * @param version its version, or empty
   * @return what is registered instead
   */
  public String missing(String name, String version) {
    Map<String, Replay.Code> versions = orchestrators.get(key(name));
    if (versions == null) {
      return "No orchestrator '" + name + "' is registered at this worker";
    }
    return "Orchestrator '"
        + name
        + "' is not registered in version '"
        + version
        + "' at this worker, but in "
        + versions.keySet().stream().map(v -> "'" + v + "'").collect(Collectors.joining(", "));
  }

  @Nullable RegisteredActivity activity(String name) {
    RegisteredActivity exact = asWritten.get(name);
    return exact == null ? activities.get(key(name)) : exact;
  }

  /** The activities by name in lower case, in order. */
  Map<String, RegisteredActivity> activities() {
    return Collections.unmodifiableMap(activities);
  }

  /**
   * Whether there is any orchestrator or entity.
   *
   * @return false for a worker that serves activities only
   */
  public boolean hasInstances() {
    return !orchestrators.isEmpty() || !entities.isEmpty();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
