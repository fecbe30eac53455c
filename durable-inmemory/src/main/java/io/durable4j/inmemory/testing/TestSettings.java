package io.durable4j.inmemory.testing;

import io.durable4j.host.Setting;
import java.util.EnumMap;
import java.util.Map;

/** What is set otherwise than in production. */
final class TestSettings {
  private TestSettings() {}

  static Map<Setting, String> of(TestOptions options) {
    Map<Setting, String> all = new EnumMap<>(Setting.class);
    all.put(Setting.SESSIONS, options.sessions());
    all.put(Setting.HUB_PARTITIONS, "1");
    // code that is wrong fails, rather than wait for a better one
    all.put(Setting.NON_DETERMINISM, "fail");
    all.put(Setting.REPLAY_STRICT, "true");
    all.put(Setting.EPISODE_HUNG, "fail");
    all.put(Setting.UNKNOWN_TYPE_GRACE, "PT0S");
    all.put(Setting.POISON_CALLER, "fail");
    // a lease that ended would be something that is due
    all.put(Setting.LEASE, "PT168H");
    return all;
  }
}
