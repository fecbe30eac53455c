package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.HistoryEvent;
import java.util.List;

/**
 * A durable write that is about to happen, or did.
 *
 * @param instance how the instance is called
 * @param what what it makes durable, for a person
 * @param id the instance's id
 * @param execution the execution, or empty where the write names none
 * @param events what it adds to the history
 * @param anew whether these are the whole history
 * @param failure how the instance failed with it, or empty
 */
record Write(
    String instance,
    String what,
    String id,
    String execution,
    List<HistoryEvent> events,
    boolean anew,
    String failure) {
  String label() {
    return instance + ": " + what;
  }
}
