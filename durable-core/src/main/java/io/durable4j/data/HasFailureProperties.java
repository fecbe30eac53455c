package io.durable4j.data;

import java.util.Map;

/** Implemented by exceptions that carry facts across the boundary. */
public interface HasFailureProperties {
  /**
   * The facts.
   *
   * @return JSON scalars, lists and maps by name; no nulls
   */
  Map<String, Object> failureProperties();
}
