/** The Durable4j engine: its API, its storage SPI and the public door {@code DurableHost}. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the friends of this module are compiled after it
module io.durable4j.core {
  requires transitive org.jspecify;
  requires transitive org.slf4j;
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires com.fasterxml.jackson.datatype.jdk8;

  exports io.durable4j.activity;
  exports io.durable4j.client;
  exports io.durable4j.data;
  exports io.durable4j.entity;
  exports io.durable4j.history;
  exports io.durable4j.host;
  exports io.durable4j.message;
  exports io.durable4j.observe;
  exports io.durable4j.orchestration;
  exports io.durable4j.spi;
  exports io.durable4j.internal.controlled to
      io.durable4j.inmemory;
  exports io.durable4j.internal.drive to
      io.durable4j.inmemory;
  exports io.durable4j.internal.observe to
      io.durable4j.inmemory;
  exports io.durable4j.internal.replay to
      io.durable4j.inmemory;
  exports io.durable4j.internal.verify to
      io.durable4j.inmemory;
}
