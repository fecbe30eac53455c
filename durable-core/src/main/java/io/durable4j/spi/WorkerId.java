package io.durable4j.spi;

/**
 * A worker of a hub: one host of one process. Unique for each start.
 *
 * @param value the name
 */
public record WorkerId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
