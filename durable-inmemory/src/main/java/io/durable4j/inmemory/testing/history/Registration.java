package io.durable4j.inmemory.testing.history;

import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.verify.Served;
import java.util.function.Consumer;

/** What a host would serve that is never started. */
final class Registration {
  private Registration() {}

  static Served of(Iterable<Consumer<DurableHost.Builder>> setUps) {
    DurableHost.Builder builder = DurableHost.on(InMemoryBackend.create());
    setUps.forEach(s -> s.accept(builder));
    return (Served) builder;
  }
}
