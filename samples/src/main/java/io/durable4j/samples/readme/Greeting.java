package io.durable4j.samples.readme;

import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import java.nio.file.Path;
import java.time.Duration;

/** Greets twice, with a pause. The front page shows this very text. */
public final class Greeting {
  static final OrchestratorRef<String, String> HELLO =
      OrchestratorRef.of("Hello", String.class, String.class);

  static String hello(OrchestrationContext ctx, String name) {
    Greeter greeter = ctx.activities(Greeter.class);
    String first = greeter.greet(name); // once recorded, it never runs again
    ctx.sleep(Duration.ofSeconds(1)); // a durable timer; a month is as cheap
    return first + " " + greeter.greet("again, " + name);
  }

  public static void main(String[] args) {
    try (var backend = InMemoryBackend.journaled(Path.of(args[0]));
        var host =
            DurableHost.on(backend)
                .orchestrator(HELLO, Greeting::hello)
                .activities(Greeter.class, name -> "Hello " + name + "!")
                .start()) {
      System.out.println(host.client().schedule(HELLO, "Ada").result(Duration.ofMinutes(1)));
    }
  }

  public interface Greeter {
    String greet(String name);
  }
}
