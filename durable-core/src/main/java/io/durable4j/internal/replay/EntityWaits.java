package io.durable4j.internal.replay;

import io.durable4j.history.EventBody.EventRaised;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for an entity's answer, by the id of the request. Answers come as events of that name,
 * which are no external events to the code: none is ever early, since the one who asks waits from
 * then on.
 */
final class EntityWaits {
  /** A text in history: after a rewind the engine has taken a lock again, under another id. */
  private static final String LOCKED_AGAIN = "lock again ";

  private final Map<String, Wait> waits = new HashMap<>();

  /** The newest id of a lock, by that of its first request. */
  private final Map<String, String> newestIds = new HashMap<>();

  private final Set<String> engines = new HashSet<>();

  /** Takes the answer. */
  interface Wait {
    void answered(EventRaised answer);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void add(String request, Wait wait) {
    waits.put(key(request), wait);
  }

  /** Gives an answer to the one who waits; false for what is no answer. */
  boolean raised(EventRaised event) {
    Wait wait = waits.remove(key(event.name()));
    if (wait == null) {
      return engines.contains(key(event.name()));
    }
    wait.answered(event);
    return true;
  }

  /** Whether an event that has not come yet is an answer. */
  boolean isAnswer(EventRaised event) {
    String key = key(event.name());
    return waits.containsKey(key) || engines.contains(key);
  }

  int count() {
    return waits.size();
  }

  /** Reads what the engine has noted about locks. */
  void noted(@Nullable String text) {
    if (text == null || !text.startsWith(LOCKED_AGAIN)) {
      return;
    }
    String[] ids = text.substring(LOCKED_AGAIN.length()).split(" ", -1);
    if (ids.length == 2) {
      newestIds.put(key(ids[0]), ids[1]);
      engines.add(key(ids[1]));
    }
  }

  /** The id under which a lock is held now. */
  String newestId(String request) {
    return newestIds.getOrDefault(key(request), request);
  }
}
