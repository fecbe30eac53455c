package io.durable4j.internal.dispatch;

import io.durable4j.message.Message;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permits of one fetch of activities. For one thread. */
final class Fetch {
  private final ActivityPermits permits;
  private final int max;
  private final @Nullable Set<String> names;
  private final Map<Permits, Integer> reserved;
  private final boolean narrow;
  private int left;

  Fetch(
      ActivityPermits permits,
      int max,
      @Nullable Set<String> names,
      Map<Permits, Integer> reserved,
      boolean narrow) {
    this.permits = permits;
    this.max = max;
    this.names = names;
    this.reserved = reserved;
    this.narrow = narrow;
    this.left = max;
  }

  /** Gives back what caps have over the size of the fetch. */
  void shrink() {
    reserved.replaceAll(
        (cap, taken) -> {
          cap.untake(Math.max(0, taken - max));
          return Math.min(taken, max);
        });
  }

  /** How many messages it may bring. */
  int max() {
    return max;
  }

  /** The names to ask for; null for any. */
  @Nullable Set<String> names() {
    return names;
  }

  /** Uses the permits of a message that came; false when its cap has none. */
  boolean use(Message activity) {
    Permits cap = permits.capOf(activity);
    if (cap != null) {
      int of = reserved.getOrDefault(cap, 0);
      if (of > 0) {
        reserved.put(cap, of - 1);
      } else if (cap.takeShared(1) == 0) {
        return false;
      }
    }
    left--;
    return true;
  }

  /**
   * Gives the rest back.
   *
   * @param came how many messages came
   * @return whether there may be more
   */
  boolean end(int came) {
    boolean full = came == max;
    permits.all().sharedHasWork(full);
    permits.all().untake(left);
    reserved.forEach(
        (cap, rest) -> {
          cap.sharedHasWork(full);
          cap.untake(rest);
        });
    left = 0;
    reserved.clear();
    if (full && !narrow) {
      permits.nextWithoutCaps();
    }
    return full || narrow;
  }

  /** Gives the rest back; nobody knows what is in the queue. */
  void failed() {
    permits.all().untake(left);
    reserved.forEach((cap, rest) -> cap.untake(rest));
    left = 0;
    reserved.clear();
  }
}
