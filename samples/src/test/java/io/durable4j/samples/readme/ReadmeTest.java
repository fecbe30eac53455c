package io.durable4j.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
