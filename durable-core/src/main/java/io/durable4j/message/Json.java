package io.durable4j.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The Jackson of the engine's own records. Buffers come from a pool and not from the thread: on
 * virtual threads, which live for one piece of work, each would make its own.
 */
final class Json {
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .build();
  static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).build();

  private Json() {}
}
