package io.durable4j.internal.replay;

import io.durable4j.history.HistoryEvent;
import io.durable4j.history.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Actions whose end somebody waits for, by number. In a chain each goes before the next one comes,
 * so that the newest has a place of its own. Of the others small numbers go first, so that a window
 * on them is enough: a ring, which moves on and on.
 */
final class OpenActions {
  private static final int SMALLEST = 4;
  private static final Episode.@Nullable Open[] NO_TAKERS = {};
  private static final @Nullable MessageId[] NO_MESSAGES = {};

  /** Who takes the end of the newest action; null once it has ended. */
  private Episode.@Nullable Open newest;

  private @Nullable MessageId newestMessage;
  private int newestId = HistoryEvent.NO_ACTION;

  /** The same of each action in the window; as many places as a power of two, or none. */
  private Episode.@Nullable Open[] takers = NO_TAKERS;

  /** Their messages. */
  private @Nullable MessageId[] messages = NO_MESSAGES;

  /** The number of the first action in the window. */
  private int first;

  /** Adds one, newer than all before; without a message where others know it. */
  void add(int id, @Nullable MessageId message, Episode.Open taker) {
    Episode.Open before = newest;
    if (before != null) {
      addToWindow(newestId, newestMessage, before);
    }
    newest = taker;
    newestMessage = message;
    newestId = id;
  }

  private void addToWindow(int id, @Nullable MessageId message, Episode.Open taker) {
    if (id - first >= takers.length) {
      makeRoom(id);
    }
    takers[place(id)] = taker;
    messages[place(id)] = message;
  }

  /** Takes it out; null when nobody waits for it. */
  Episode.@Nullable Open remove(int id) {
    if (id == newestId) {
      Episode.Open taker = newest;
      newest = null;
      newestMessage = null;
      return taker;
    }
    return isInWindow(id) ? removeFromWindow(id) : null;
  }

  private Episode.@Nullable Open removeFromWindow(int id) {
    Episode.Open taker = takers[place(id)];
    takers[place(id)] = null;
    messages[place(id)] = null;
    return taker;
  }

  /** The message of an action; null when it has none, or nobody waits for it. */
  @Nullable MessageId message(int id) {
    if (id == newestId) {
      return newestMessage;
    }
    return isInWindow(id) ? messages[place(id)] : null;
  }

  private boolean isInWindow(int id) {
    return id >= first && id - first < takers.length;
  }

  private int place(int id) {
    return id & (takers.length - 1);
  }

  int count() {
    int count = newest == null ? 0 : 1;
    for (Episode.Open taker : takers) {
      count += taker == null ? 0 : 1;
    }
    return count;
  }

  /** Leaves behind those at the begin that have ended; the window grows when that is too few. */
  private void makeRoom(int id) {
    while (takers.length > 0 && first < id && takers[place(first)] == null) {
      first++;
    }
    if (takers.length == 0) {
      first = id;
    }
    int length = Math.max(SMALLEST, takers.length);
    while (id - first >= length) {
      length *= 2;
    }
    if (length > takers.length) {
      growTo(length);
    }
  }

  private void growTo(int length) {
    Episode.@Nullable Open[] takersBefore = takers;
    @Nullable MessageId[] messagesBefore = messages;
    takers = new Episode.Open[length];
    messages = new MessageId[length];
    for (int id = first; id < first + takersBefore.length; id++) {
      int before = id & (takersBefore.length - 1);
      takers[place(id)] = takersBefore[before];
      messages[place(id)] = messagesBefore[before];
    }
  }
}
