package io.durable4j.inmemory.testing.crash;

/**
 * One run of an activity's code. Runs of one call, its repeats and retries, share their key.
 *
 * @param key the idempotency key
 * @param name the activity
 * @param instance the id of the instance that called
 * @param number which run of the key, from 1
 */
record Body(String key, String name, String instance, int number) {
  String execution() {
    return key.substring(0, key.lastIndexOf(':'));
  }

  /** The number of the call's first attempt. */
  int step() {
    return Integer.parseInt(key.substring(key.lastIndexOf(':') + 1));
  }

  String id() {
    return key + "#" + number;
  }
}
