package io.durable4j.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example of the front page. That the page shows this very code is DocsTest's business. */
class GreetingTest {
  @Test
  void theExampleGreetsTwice() {
    try (var backend = InMemoryBackend.create();
        var host =
            DurableHost.on(backend)
                .orchestrator(Greeting.HELLO, Greeting::hello)
                .activities(Greeting.Greeter.class, name -> "Hello " + name + "!")
                .start()) {
      var greeting = host.client().schedule(Greeting.HELLO, "Ada");
      assertThat(greeting.result(Duration.ofMinutes(1))).isEqualTo("Hello Ada! Hello again, Ada!");
    }
  }
}
