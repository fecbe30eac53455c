/**
 * Durable4j's storage in memory, with an optional journal on disk, and tests of workflows on it.
 */
@org.jspecify.annotations.NullMarked
module io.durable4j.inmemory {
  requires transitive io.durable4j.core;
  requires transitive org.jspecify;
  requires org.slf4j;
  requires static org.junit.jupiter.api;

  exports io.durable4j.inmemory;
  exports io.durable4j.inmemory.testing;
  exports io.durable4j.inmemory.testing.crash;
  exports io.durable4j.inmemory.testing.history;
  exports io.durable4j.inmemory.testing.junit;
}
