package io.durable4j.internal.replay;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Runs callbacks one after the other, never inside each other, so that chains need no stack. */
final class Callbacks {
  private final Script script;
  private @Nullable ArrayDeque<Runnable> waiting;
  private boolean running;

  Callbacks(Script script) {
    this.script = script;
  }

  void add(Runnable callback) {
    ArrayDeque<Runnable> queue = waiting == null ? new ArrayDeque<>(2) : waiting;
    waiting = queue;
    queue.add(callback);
  }

  /** None will wait for long: lets go of the room for them. */
  void rest() {
    waiting = null;
  }

  /** Runs what waits; a call from inside a callback leaves it to the call that is under way. */
  void run() {
    ArrayDeque<Runnable> queue = waiting;
    if (running || queue == null || queue.isEmpty()) {
      return;
    }
    running = true;
    script.enterCallback();
    try {
      for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
      }
    } finally {
      script.leaveCallback();
      running = false;
    }
  }
}
