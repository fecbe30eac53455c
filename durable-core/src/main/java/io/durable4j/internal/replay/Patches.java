package io.durable4j.internal.replay;

import io.durable4j.history.EventBody.GenericEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * Which changes of the code hold for this execution. The first question about a change decides it:
 * new code that asks for the first time leaves a mark in history, and where an episode without a
 * mark is replayed, the code of that time did not know the change. A mark has no number, so that
 * code may stop asking later.
 */
final class Patches {
  private static final String MARK = "patched:";

  private final Episode episode;
  private final Map<String, Boolean> decided = new HashMap<>();

  Patches(Episode episode) {
    this.episode = episode;
  }

  boolean patched(String changeId) {
    if (changeId.isBlank()) {
      throw new IllegalArgumentException("A change needs an id");
    }
    return decided.computeIfAbsent(changeId, this::decide);
  }

  private boolean decide(String changeId) {
    if (episode.timeline().isMarked(MARK + changeId)) {
      return true;
    }
    if (episode.timeline().isReplaying()) {
      return false;
    }
    episode.recordInline(new GenericEvent(MARK + changeId));
    return true;
  }
}
