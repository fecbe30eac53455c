package io.durable4j.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.spi.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
  @ParameterizedTest
  @EnumSource(Setting.class)
  void defaults_are_in_range_and_keys_lead_back(Setting setting) {
    setting.check(setting.defaultFor(1));
    setting.check(setting.defaultFor(512));
    assertThat(Setting.of(setting.key())).isEqualTo(setting);
  }

  @ParameterizedTest
  @CsvSource({
    "hub.partitions, 1",
    "hub.partitions, 16",
    "lease, PT1S",
    "lease, P7D",
    "lease, ' PT1M '",
    "nondeterminism, fail",
    "replay.strict, true",
    "unknown.type.grace, PT0S",
    "poll.max, PT0.01S"
  })
  void values_in_range_pass(String key, String value) {
    Setting.of(key).check(value);
  }

  @ParameterizedTest
  @CsvSource({
    "hub.partitions, 0, from 1 to 16",
    "hub.partitions, 17, from 1 to 16",
    "hub.partitions, 99999999999999999999, a whole number",
    "hub.partitions, four, a whole number",
    "lease, PT0.999S, from PT1S to PT168H",
    "lease, P8D, from PT1S to PT168H",
    "lease, -PT30S, from PT1S",
    "lease, 30, a duration like PT30S",
    "lease, PT2562047788015215H, a duration like",
    "nondeterminism, explode, 'one of park, fail'",
    "replay.strict, TRUE, 'one of true, false'",
    "hub.name, ' ', 'a letter, then 2 to 44 letters or digits'",
    "hub.name, my-hub, 'a letter, then 2 to 44 letters or digits'"
  })
  void other_values_are_refused_with_key_value_and_range(String key, String value, String wanted) {
    assertThatThrownBy(() -> Setting.of(key).check(value))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(wanted);
  }

  @Test
  void unknown_keys_are_refused_with_those_there_are() {
    assertThatThrownBy(() -> Setting.of("hub.nam"))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("hub.nam")
        .hasMessageContaining("hub.name")
        .hasMessageContaining("close.timeout");
  }

  @Test
  void settings_come_from_properties_and_depend_on_the_machine() {
    Properties p = new Properties();
    p.setProperty("lease", " PT45S ");
    p.setProperty("activities.max", "7");
    Settings settings = Settings.defaults(3).with(p);
    assertThat(settings.duration(Setting.LEASE)).isEqualTo(Duration.ofSeconds(45));
    assertThat(settings.number(Setting.ACTIVITIES_MAX)).isEqualTo(7);
    assertThat(settings.number(Setting.ORCHESTRATIONS_MAX)).isEqualTo(48);
    p.setProperty("lease", "soon");
    assertThatThrownBy(() -> Settings.defaults(3).with(p)).hasMessageContaining("lease");
  }

  @Test
  void storageMayLookLessOftenUnlessTheUserSaysHowOften() {
    Capabilities usual = new Capabilities(true, true, true, true, 1, null, 1);
    Capabilities seldom = usual.withPollMax(Duration.ofMinutes(1));
    Settings defaults = Settings.defaults(1);
    assertThat(defaults.suiting(usual).text(Setting.POLL_MAX)).isEqualTo("PT5S");
    Settings suiting = defaults.suiting(seldom);
    assertThat(suiting.duration(Setting.POLL_MAX)).isEqualTo(Duration.ofMinutes(1));
    assertThat(suiting.describe()).contains("poll.max=PT1M");
    assertThat(suiting.with(Setting.POLL_MAX, "PT2S").duration(Setting.POLL_MAX))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theNearestKnownKeyIsNamed() {
    assertThatThrownBy(() -> Setting.of("hub.partition"))
        .hasMessageContaining("did you mean 'hub.partitions'?");
    assertThatThrownBy(() -> Setting.of("Lease")).hasMessageContaining("did you mean 'lease'?");
    assertThatThrownBy(() -> Setting.of("poll.ma")).hasMessageContaining("'poll.max'?");
  }

  @Test
  void allThatIsWrongWithPropertiesIsToldAtOnce() {
    Properties p = new Properties();
    p.setProperty("leese", "PT1S");
    p.setProperty("poll.max", "soon");
    p.setProperty("prefetch", "5");
    assertThatThrownBy(() -> Settings.defaults(1).with(p))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("'leese'")
        .hasMessageContaining("'poll.max' cannot be 'soon'")
        .hasMessageNotContaining("'prefetch'");
  }

  @Test
  void settingsComeFromAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("durable.properties");
    Files.writeString(file, "# ours\nhub.name = Caf\n\nlease: PT45S\n");
    Settings settings = Settings.defaults(1).with(file);
    assertThat(settings.text(Setting.HUB_NAME)).isEqualTo("Caf");
    assertThat(settings.duration(Setting.LEASE)).isEqualTo(Duration.ofSeconds(45));
    Files.writeString(file, "hub.nme=x");
    assertThatThrownBy(() -> Settings.defaults(1).with(file))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("durable.properties")
        .hasMessageContaining("'hub.name'");
    assertThatThrownBy(() -> Settings.defaults(1).with(directory.resolve("none")))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("cannot be read");
    Files.writeString(file, "hub.name=\\uXYZ");
    assertThatThrownBy(() -> Settings.defaults(1).with(file))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void effectiveSettingsAreShownAndSecretsMasked() {
    String shown = Settings.defaults(2).with(Setting.LEASE, "PT45S").describe();
    assertThat(shown).contains("lease=PT45S").contains("orchestrations.max=32");
    for (Setting s : Setting.values()) {
      assertThat(shown).contains(s.key() + "=");
    }
    for (String key : List.of("storage.password", "sas", "account.key", "x.connection.string")) {
      assertThat(Settings.shown(key, "abc")).as(key).isEqualTo("***");
    }
    assertThat(Settings.shown("hub.name", "abc")).isEqualTo("abc");
    assertThat(Settings.shown("monkey", "abc")).isEqualTo("abc");
  }
}
