package io.durable4j.host;

import io.durable4j.internal.dispatch.ActivityTimeouts;
import io.durable4j.internal.dispatch.VersionRules;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Checked values of all settings. Immutable. */
final class Settings {
  private final Map<Setting, String> values;

  private Settings(Map<Setting, String> values) {
    this.values = values;
  }

  static Settings defaults(int cores) {
    Map<Setting, String> all = new EnumMap<>(Setting.class);
    for (Setting s : Setting.values()) {
      all.put(s, s.defaultFor(cores));
    }
    return new Settings(all);
  }

  Settings with(Setting setting, String value) {
    setting.check(value);
    Map<Setting, String> all = new EnumMap<>(values);
    all.put(setting, value.trim());
    return new Settings(all);
  }

  Settings with(Properties properties) {
    Settings result = this;
    for (String key : properties.stringPropertyNames()) {
      result = result.with(Setting.of(key), properties.getProperty(key));
    }
    return result;
  }

  String text(Setting s) {
    return values.getOrDefault(s, "");
  }

  int number(Setting s) {
    return (int) s.parseNumber(text(s));
  }

  Duration duration(Setting s) {
    return s.parseDuration(text(s));
  }

  private @Nullable Duration limit(Setting s) {
    Duration limit = duration(s);
    return limit.isZero() ? null : limit;
  }

  VersionRules versionRules() {
    String match = text(Setting.VERSION_MATCH).replace('-', '_').toUpperCase(Locale.ROOT);
    return new VersionRules(
        text(Setting.VERSION),
        VersionRules.Match.valueOf(match),
        text(Setting.VERSION_MISMATCH).equals("fail"));
  }

  ActivityTimeouts activityTimeouts() {
    return new ActivityTimeouts(
        limit(Setting.ACTIVITY_TIMEOUT), limit(Setting.ACTIVITY_TIMEOUT_MAX));
  }
}
