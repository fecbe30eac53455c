package io.durable4j.internal.dispatch;

import io.durable4j.data.DurableException;
import io.durable4j.internal.replay.Replay;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Orchestrators and activities by name, ignoring case. Filled before the start, read after. */
public final class Registry {
  private final Map<String, Replay.Code> orchestrators = new TreeMap<>();
  private final Map<String, RegisteredActivity> activities = new TreeMap<>();

  /** Nothing is known yet. */
  public Registry() {}

  /**
   * Adds an orchestrator.
   *
   * @param code the orchestrator
   * @throws DurableException when the name is taken
   */
  public void add(Replay.Code code) {
    String name = code.name();
    if (orchestrators.putIfAbsent(key(name), code) != null) {
      throw new DurableException("Two orchestrators are called '" + name + "' (ignoring case)");
    }
  }

  /**
   * Adds an activity.
   *
   * @param activity the activity
   * @throws DurableException when the name is taken
   */
  public void add(RegisteredActivity activity) {
    String name = activity.name();
    if (activities.putIfAbsent(key(name), activity) != null) {
      throw new DurableException(
          "Two activities are called '" + name + "' (ignoring case); give one of them a @Name");
    }
  }

  Replay.@Nullable Code orchestrator(String name) {
    return orchestrators.get(key(name));
  }

  @Nullable RegisteredActivity activity(String name) {
    return activities.get(key(name));
  }

  /** The activities by name in lower case, in order. */
  Map<String, RegisteredActivity> activities() {
    return Collections.unmodifiableMap(activities);
  }

  /**
   * Whether there is any orchestrator.
   *
   * @return false for a worker that serves activities only
   */
  public boolean hasOrchestrators() {
    return !orchestrators.isEmpty();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
