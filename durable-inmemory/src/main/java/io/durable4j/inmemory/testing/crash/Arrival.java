package io.durable4j.inmemory.testing.crash;

/**
 * Something that an instance was told in the run without faults.
 *
 * @param number its place among all, from 1
 * @param key what it is, the same in all runs
 * @param instance the id of the instance
 * @param label what it is, for a person
 * @param kind its kind
 * @param cause the number of the boundary that brought it under way; 0 when it is not known
 * @param recorded the number of the boundary that recorded it
 * @param nanos when it was recorded
 */
record Arrival(
    int number,
    String key,
    String instance,
    String label,
    Kind kind,
    int cause,
    int recorded,
    long nanos) {
  Arrival numbered(int place) {
    return new Arrival(place, key, instance, label, kind, cause, recorded, nanos);
  }

  enum Kind {
    EVENT,
    TIMER,
    RESULT
  }
}
