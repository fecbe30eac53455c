package io.durable4j.internal.replay;

import java.util.ArrayDeque;

/** Runs callbacks one after the other, never inside each other, so that chains need no stack. */
final class Callbacks {
  private final Script script;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
  private boolean running;

  Callbacks(Script script) {
    this.script = script;
  }

  void add(Runnable callback) {
    waiting.add(callback);
  }

  /** Runs what waits; a call from inside a callback leaves it to the call that is under way. */
  void run() {
    if (running || waiting.isEmpty()) {
      return;
    }
    running = true;
    script.enterCallback();
    try {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    } finally {
      script.leaveCallback();
      running = false;
    }
  }
}
