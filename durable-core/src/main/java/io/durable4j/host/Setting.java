package io.durable4j.host;

import io.durable4j.data.DurableException;
import io.durable4j.spi.HubSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The settings of a host: one schema, with key, default and range. */
public enum Setting {
  /** The task hub's name. */
  HUB_NAME("hub.name", Kind.HUB, "DurableHub", 0, 0),
  /** How many partitions a new hub gets; an existing hub must have as many. */
  HUB_PARTITIONS("hub.partitions", Kind.NUMBER, "4", 1, 16),
  /** How many orchestration turns run at a time. Default: 16 a core. */
  ORCHESTRATIONS_MAX("orchestrations.max", Kind.NUMBER, "cores*16", 1, 100_000),
  /**
   * How many turns of entities run at a time, if they have permits of their own. Default: 16 a
   * core.
   */
  ENTITIES_MAX("entities.max", Kind.NUMBER, "cores*16", 1, 100_000),
  /**
   * Whether turns of entities have permits of their own, {@code entities.max}, or share those of
   * orchestrations.
   */
  ENTITIES_PERMITS("entities.permits", Kind.CHOICE, "own", 0, 0, "own", "shared"),
  /**
   * How many operations an entity runs in one turn at most, and commits together; 1 switches
   * batches off.
   */
  ENTITIES_BATCH("entities.batch", Kind.NUMBER, "5000", 1, 1_000_000),
  /** After which time an entity's turn begins no further operation. From PT0S to PT10M. */
  ENTITIES_BATCH_TIME("entities.batch.time", Kind.DURATION, "PT5S", 0, 600_000),
  /** How long an operation of an entity may take; zero for no limit. From PT0S to P1D. */
  ENTITIES_OPERATION_TIMEOUT("entities.operation.timeout", Kind.DURATION, "PT1M", 0, 86_400_000),
  /**
   * For how long messages of one sender to an entity are kept in order, and repeats of them known;
   * zero takes them as they come. From PT0S to P30D.
   */
  ENTITIES_REORDER_WINDOW("entities.reorder.window", Kind.DURATION, "PT30M", 0, 2_592_000_000L),
  /** How many activities run at a time. Default: 16 a core. */
  ACTIVITIES_MAX("activities.max", Kind.NUMBER, "cores*16", 1, 100_000),
  /** How long a message is leased; leases are renewed while the work goes on. */
  LEASE("lease", Kind.DURATION, "PT30S", 1_000, 604_800_000),
  /** How long a partition is owned without renewal. */
  PARTITION_LEASE("partition.lease", Kind.DURATION, "PT30S", 3_000, 600_000),
  /** How often the partition table is looked at. */
  PARTITION_INTERVAL("partition.interval", Kind.DURATION, "PT10S", 100, 60_000),
  /**
   * The first pause after a look at an empty queue; it doubles with each further one. What is sent
   * in this process ends it.
   */
  POLL_MIN("poll.min", Kind.DURATION, "PT0.05S", 1, 60_000),
  /**
   * The longest pause between two looks at an idle queue; holds where it is under the first. Each
   * pause is cut by up to an eighth at random, so that workers do not look all at once. Storage
   * that is paid by the call may have another default: 15 seconds on Azure Storage.
   */
  POLL_MAX("poll.max", Kind.DURATION, "PT5S", 10, 300_000),
  /** How many messages of a partition are held in memory. */
  PREFETCH("prefetch", Kind.NUMBER, "5000", 1, 1_000_000),
  /** The longest pause before storage, a parked instance or an unknown name is tried again. */
  BACKOFF_MAX("backoff.max", Kind.DURATION, "PT30S", 10, 3_600_000),
  /** How long an unknown orchestrator or activity is tried again before it fails. */
  UNKNOWN_TYPE_GRACE("unknown.type.grace", Kind.DURATION, "PT10M", 0, 2_592_000_000L),
  /** What a hard determinism mismatch does: {@code park} or {@code fail}. */
  NON_DETERMINISM("nondeterminism", Kind.CHOICE, "park", 0, 0, "park", "fail"),
  /** Whether changed inputs, versions and due times count as hard mismatches. */
  REPLAY_STRICT("replay.strict", Kind.CHOICE, "false", 0, 0, "true", "false"),
  /**
   * After how many deliveries without an answer an activity message is set aside, and after how
   * many turns that it alone fails a message for an instance. Failures of storage and releases do
   * not count. From 1 to 1000000.
   */
  POISON_AFTER("poison.after", Kind.NUMBER, "10", 1, 1_000_000),
  /**
   * What the caller of an activity that was set aside gets: {@code wait} lets it wait until the
   * message is requeued or dropped; {@code fail} answers at once with a failure, and a requeued
   * message's result reaches nobody.
   */
  POISON_CALLER("poison.caller", Kind.CHOICE, "wait", 0, 0, "wait", "fail"),
  /**
   * What a worker keeps of an instance between its turns: nothing ({@code off}), its decoded
   * history ({@code warm}), or on Java 24 and later also the orchestrator itself, parked on a
   * virtual thread ({@code live}; elsewhere this means {@code warm}). The same results on all
   * three.
   */
  SESSIONS("sessions", Kind.CHOICE, "warm", 0, 0, "off", "warm", "live"),
  /** How many bytes the kept histories of a worker may take, about; the least useful go first. */
  SESSIONS_BYTES("sessions.bytes", Kind.NUMBER, "67108864", 0, 1_099_511_627_776L),
  /** After which time without a turn an instance's session is let go. From PT1S to P1D. */
  SESSIONS_IDLE("sessions.idle", Kind.DURATION, "PT5M", 1_000, 86_400_000),
  /** How long a turn's orchestrator may go without progress. From PT0.1S to PT1H. */
  EPISODE_TIMEOUT("episode.timeout", Kind.DURATION, "PT10S", 100, 3_600_000),
  /** What an orchestrator over that time does to its instance: {@code park} or {@code fail}. */
  EPISODE_HUNG("episode.hung", Kind.CHOICE, "park", 0, 0, "park", "fail"),
  /** How long a look at the host's health waits for storage. From PT0.001S to PT1M. */
  HEALTH_LIMIT("health.limit", Kind.DURATION, "PT2S", 1, 60_000),
  /** The version of the code that this worker runs; compared with the instances' versions. */
  VERSION("version", Kind.OPTIONAL, "", 0, 0),
  /** Which instances this worker takes: all, those of its version, or those and older ones. */
  VERSION_MATCH("version.match", Kind.CHOICE, "none", 0, 0, "none", "strict", "current-or-older"),
  /**
   * What becomes of others: {@code reject} lets them wait, parked, for a worker that takes them;
   * {@code fail} fails them with type {@code VersionMismatch}.
   */
  VERSION_MISMATCH("version.mismatch", Kind.CHOICE, "reject", 0, 0, "reject", "fail"),
  /** The version of starts and children that name none; empty for no version. */
  VERSION_DEFAULT("version.default", Kind.OPTIONAL, "", 0, 0),
  /** How long a run of an activity may take where nobody says so; zero for no limit. */
  ACTIVITY_TIMEOUT("activity.timeout", Kind.DURATION, "PT0S", 0, 2_592_000_000L),
  /** The longest that a run of an activity may take, whoever allows more; zero for no bound. */
  ACTIVITY_TIMEOUT_MAX("activity.timeout.max", Kind.DURATION, "PT0S", 0, 2_592_000_000L),
  /** How long close waits for what runs. */
  CLOSE_TIMEOUT("close.timeout", Kind.DURATION, "PT30S", 0, 3_600_000);

  private enum Kind {
    HUB,
    OPTIONAL,
    NUMBER,
    DURATION,
    CHOICE
  }

  private final String key;
  private final Kind kind;
  private final String fallback;
  private final long min;
  private final long max;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> choices;

  Setting(String key, Kind kind, String fallback, long min, long max, String... choices) {
    this.key = key;
    this.kind = kind;
    this.fallback = fallback;
    this.min = min;
    this.max = max;
    this.choices = List.of(choices);
  }

  /**
   * The key in a properties file.
   *
   * @return the key
   */
  public String key() {
    return key;
  }

  /**
   * The default for a machine.
   *
   * @param cores its processors
   * @return the default as text
   */
  public String defaultFor(int cores) {
    return fallback.startsWith("cores*")
        ? Integer.toString(cores * Integer.parseInt(fallback.substring(6)))
        : fallback;
  }

  /**
   * The setting of a key.
   *
   * @param key the key
   * @return the setting
   * @throws DurableException when there is none; the message lists those there are
   */
  public static Setting of(String key) {
    for (Setting s : values()) {
      if (s.key.equals(key)) {
        return s;
      }
    }
    List<String> known = Arrays.stream(values()).map(Setting::key).toList();
    throw new DurableException(
        "Unknown setting '"
            + key
            + "'; did you mean '"
            + Nearest.of(key, known)
            + "'? Known: "
            + String.join(", ", known));
  }

  /**
   * What a value may be, for a person.
   *
   * @return for example {@code from 1 to 16} or {@code one of park, fail}
   */
  public String range() {
    return switch (kind) {
      case NUMBER -> "from " + min + " to " + max;
      case DURATION -> "from " + Duration.ofMillis(min) + " to " + Duration.ofMillis(max);
      case CHOICE -> "one of " + String.join(", ", choices);
      case HUB -> HubSpec.NAME_RULE;
      case OPTIONAL -> "a text, or nothing";
    };
  }

  /** The default as it is written, not as a machine fills it in. */
  String defaultRule() {
    return fallback;
  }

  /** Refuses a value that is malformed or out of range. */
  void check(String value) {
    switch (kind) {
      case NUMBER -> inRange(value, parseNumber(value));
      case DURATION -> inRange(value, parseDuration(value).toMillis());
      case CHOICE -> {
        if (!choices.contains(value)) {
          throw refused(value, range());
        }
      }
      case OPTIONAL -> {}
      case HUB -> {
        if (!HubSpec.isName(value)) {
          throw refused(value, range());
        }
      }
    }
  }

  long parseNumber(String value) {
    try {
      return Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      throw refused(value, "a whole number");
    }
  }

  Duration parseDuration(String value) {
    try {
      return Duration.ofMillis(Duration.parse(value.trim()).toMillis());
    } catch (java.time.format.DateTimeParseException | ArithmeticException e) {
      throw refused(value, "a duration like PT30S");
    }
  }

  private void inRange(String value, long number) {
    if (number < min || number > max) {
      throw refused(value, range());
    }
  }

  private DurableException refused(String value, String wanted) {
    return new DurableException(
        "The setting '" + key + "' cannot be '" + value + "'; it is " + wanted);
  }
}
