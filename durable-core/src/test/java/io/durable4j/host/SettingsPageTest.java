package io.durable4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page of the settings holds what the code says. After a change of a setting, {@code mvn -pl
 * durable-core test -Dtest=SettingsPageTest -Dsettings.write=true} writes it anew.
 */
class SettingsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "settings.md");
  private static final Path SOURCE =
      Path.of("src", "main", "java", "io", "durable4j", "host", "Setting.java");

  private static String page() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            A host takes its settings one by one (`set`), from `Properties` or from a properties file in
            UTF-8 (`settings`). Unknown keys and values out of range are refused, all at once, and the
            nearest known key is named. A host logs its effective settings once, at its start, under
            `io.durable4j.host`; values of keys that end in `password`, `secret`, `token`, `key`,
            `credential` or `connection.string` show as `***`.

            Durations are written as in ISO 8601: `PT30S`, `PT0.5S`, `P1D`. `cores` are the processors that
            the Java runtime sees.

            | Key | Default | Range | What it is |
            |---|---|---|---|
            """);
    String source = Files.readString(SOURCE);
    for (Setting s : Setting.values()) {
      page.append("| `").append(s.key()).append("` | `").append(s.defaultRule());
      page.append("` | ").append(s.range()).append(" | ").append(said(source, s)).append(" |\n");
    }
    return page.toString();
  }

  /** The first Javadoc comment before the constant, as Markdown on one line. */
  private static String said(String source, Setting s) {
    Matcher m =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" + s.name() + "\\(", Pattern.DOTALL)
            .matcher(source);
    assertThat(m.find()).as("%s has a Javadoc comment", s).isTrue();
    return m.group(1)
        .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
        .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
        .replace("|", "\\|")
        .strip();
  }

  @Test
  void thePageIsAsTheCodeSays() throws IOException {
    String wanted = page();
    if (Boolean.getBoolean("settings.write")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(wanted);
  }
}
