package io.durable4j.activity;

import io.durable4j.data.DurableException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an activity can know of the call that it serves. */
public interface ActivityContext {
  /**
   * The context of the run on the calling thread.
   *
   * @return the context
   * @throws DurableException when the thread runs no activity
   */
  static ActivityContext current() {
    ActivityContext context = CurrentActivity.THREAD.get();
    if (context == null) {
      throw new DurableException("This thread does not run an activity");
    }
    return context;
  }

  /**
   * Runs code under a context. For those who test activities without an engine, and for the engine.
   *
   * @param context what {@link #current()} shall answer; null for none
   * @param body the code
   */
  static void runWith(@Nullable ActivityContext context, Runnable body) {
    ActivityContext before = CurrentActivity.THREAD.get();
    CurrentActivity.THREAD.set(context);
    try {
      body.run();
    } finally {
      if (before == null) {
        CurrentActivity.THREAD.remove();
      } else {
        CurrentActivity.THREAD.set(before);
      }
    }
  }

  /**
   * A key that is the same for every delivery and every retry of one call, and of no other call:
   * hand it to the service that must not act twice.
   *
   * @return execution id, colon, number of the call's first attempt
   */
  String idempotencyKey();

  /**
   * The orchestration that called.
   *
   * @return its instance id
   */
  String instanceId();

  /**
   * The activity's name in history.
   *
   * @return the name
   */
  String name();

  /**
   * How often this very attempt was delivered.
   *
   * @return 1 at first
   */
  int delivery();

  /**
   * Whether the result is not wanted any more: the run is over its time, its instance was
   * terminated by a turn of this process, the message is lost to another worker, or the host is
   * closing. The thread is interrupted too.
   *
   * @return true once cancelled
   */
  boolean isCancelled();

  /**
   * The tags of the orchestration and of the call; the call's win.
   *
   * @return the tags
   */
  Map<String, String> tags();

  /**
   * The headers of the orchestration and of the call; the call's win.
   *
   * @return the headers
   */
  default Map<String, String> headers() {
    return Map.of();
  }

  /**
   * The version that was asked for: the call's, or else the orchestration's.
   *
   * @return the version, or empty
   */
  String version();
}
