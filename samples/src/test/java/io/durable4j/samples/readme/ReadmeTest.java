package io.durable4j.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The front page shows code that compiles. */
class ReadmeTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/durable4j/samples/readme/Greeting.java");

  @Test
  void theExampleIsTheSource() throws IOException {
    assertThat(between(Files.readString(Path.of("..", "README.md")), "```java\n", "```"))
        .isEqualTo(between(Files.readString(SOURCE), "// example begins\n", "// example ends"));
  }

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

  private static String between(String text, String begin, String end) {
    Matcher m =
        Pattern.compile(
                Pattern.quote(begin) + "(.*?)^" + Pattern.quote(end),
                Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(text);
    assertThat(m.find()).as("%s ... %s", begin.strip(), end).isTrue();
    return m.group(1);
  }
}
