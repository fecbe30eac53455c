package io.durable4j.host;

import io.durable4j.data.DurableException;
import io.durable4j.internal.dispatch.ActivityTimeouts;
import io.durable4j.internal.dispatch.VersionRules;
import io.durable4j.internal.session.SessionLevel;
import io.durable4j.spi.Capabilities;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checked values of all settings. Immutable. */
final class Settings {
  private static final Pattern SECRET =
      Pattern.compile(
          "(^|[._-])(password|passphrase|secret|token|key|credentials?|sas|connection[._-]?string)$",
          Pattern.CASE_INSENSITIVE);

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

  /** The same with what a storage would have; to be asked before what users set. */
  Settings suiting(Capabilities storage) {
    Duration pollMax = storage.pollMax();
    return pollMax == null ? this : with(Setting.POLL_MAX, pollMax.toString());
  }

  Settings with(Setting setting, String value) {
    setting.check(value);
    Map<Setting, String> all = new EnumMap<>(values);
    all.put(setting, value.trim());
    return new Settings(all);
  }

  /** All of them or none: what is wrong is told at once, not one at each try. */
  Settings with(Properties properties) {
    Settings result = this;
    List<String> refused = new ArrayList<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      try {
        result = result.with(Setting.of(key), properties.getProperty(key));
      } catch (DurableException e) {
        refused.add(e.getMessage());
      }
    }
    if (!refused.isEmpty()) {
      throw new DurableException(String.join("\n", refused));
    }
    return result;
  }

  /** The settings of a file in UTF-8. */
  Settings with(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new DurableException("The settings file " + file + " cannot be read: " + e, e);
    }
    try {
      return with(properties);
    } catch (DurableException e) {
      throw new DurableException("The settings file " + file + ": " + e.getMessage(), e);
    }
  }

  /** The effective values for the log, secrets masked. */
  String describe() {
    StringJoiner all = new StringJoiner(", ");
    values.forEach((s, value) -> all.add(s.key() + "=" + shown(s.key(), value)));
    return all.toString();
  }

  /** Whether a value is a secret its key tells, so that a new setting cannot be forgotten. */
  static String shown(String key, String value) {
    return SECRET.matcher(key).find() ? "***" : value;
  }

  String text(Setting s) {
    return values.getOrDefault(s, "");
  }

  int number(Setting s) {
    return (int) s.parseNumber(text(s));
  }

  long size(Setting s) {
    return s.parseNumber(text(s));
  }

  SessionLevel sessionLevel() {
    return SessionLevel.valueOf(text(Setting.SESSIONS).toUpperCase(Locale.ROOT));
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
