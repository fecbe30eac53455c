package io.durable4j.inmemory.testing.crash;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How instances are called in reports: those with an id of the test's own choice by it, others by
 * their orchestrator. Ids are the same in all runs of an exploration, and so are the names.
 */
final class Names {
  private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{32}|.*[0-9a-f-]{32,}.*");

  private final Map<String, String> byId = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  String of(String id, String orchestrator) {
    if (!isRandom(id)) {
      return id;
    }
    return byId.computeIfAbsent(
        id,
        unused -> {
          int number = counts.merge(orchestrator, 1, Integer::sum);
          return number == 1 ? orchestrator : orchestrator + " " + number;
        });
  }

  /** Of one that was named before, or else as its id is. */
  String of(String id) {
    return byId.getOrDefault(id, id);
  }

  static boolean isRandom(String text) {
    return RANDOM.matcher(text).matches();
  }
}
