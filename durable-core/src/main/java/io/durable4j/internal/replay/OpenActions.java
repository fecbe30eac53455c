package io.durable4j.internal.replay;

import io.durable4j.history.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Actions whose end somebody waits for, by number. Numbers grow, and small ones go first, so that a
 * window on them is enough.
 */
final class OpenActions {
  private static final int SMALLEST = 4;

  private @Nullable Action[] window = new Action[SMALLEST];
  private int first;

  /** The message of an action, and who takes its end. */
  record Action(@Nullable MessageId message, Episode.Open taker) {}

  void add(int id, Action action) {
    if (id - first >= window.length) {
      makeRoom(id);
    }
    window[id - first] = action;
  }

  /** Takes it out; null when nobody waits for it. */
  @Nullable Action remove(int id) {
    int place = id - first;
    if (place < 0 || place >= window.length) {
      return null;
    }
    Action action = window[place];
    window[place] = null;
    return action;
  }

  int count() {
    int count = 0;
    for (Action action : window) {
      count += action == null ? 0 : 1;
    }
    return count;
  }

  private void makeRoom(int id) {
    int ended = 0;
    while (ended < window.length && window[ended] == null) {
      ended++;
    }
    int begin = ended == window.length ? id : first + ended;
    int needed = id - begin + 1;
    int length = window.length;
    while (length < needed + needed / 2) {
      length *= 2;
    }
    @Nullable Action[] next = new Action[length];
    System.arraycopy(window, ended, next, 0, window.length - ended);
    window = next;
    first = begin;
  }
}
