package io.durable4j.internal.replay;

import io.durable4j.history.EventBody.ExecutionStarted;
import java.util.Map;

/**
 * What goes from an orchestration to what it calls.
 *
 * @param version its version, or empty
 * @param tags its tags and headers
 */
record Inherited(String version, Map<String, String> tags) {
  /** What the start says; the start itself is not held, since many orchestrations wait for long. */
  static Inherited of(ExecutionStarted start) {
    return new Inherited(start.version(), start.tags());
  }
}
