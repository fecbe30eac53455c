/** Durable4j's storage in memory, with an optional journal on disk. */
@org.jspecify.annotations.NullMarked
module io.durable4j.inmemory {
  requires transitive io.durable4j.core;
  requires transitive org.jspecify;
  requires org.slf4j;

  exports io.durable4j.inmemory;
}
