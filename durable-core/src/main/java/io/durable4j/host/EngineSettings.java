package io.durable4j.host;

import io.durable4j.data.DataConverter;
import io.durable4j.history.DerivedIds;
import io.durable4j.internal.dispatch.DispatchSettings;
import io.durable4j.internal.observe.QuietLogger;
import io.durable4j.internal.partition.PartitionSettings;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.spi.Capabilities;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the settings of a host say to each room of the engine. */
final class EngineSettings {
  private EngineSettings() {}

  static DispatchSettings dispatch(Settings s) {
    return new DispatchSettings(
        s.duration(Setting.LEASE),
        s.duration(Setting.POLL_MIN),
        s.duration(Setting.POLL_MAX),
        s.duration(Setting.BACKOFF_MAX),
        s.duration(Setting.UNKNOWN_TYPE_GRACE),
        s.text(Setting.NON_DETERMINISM).equals("fail"),
        new DispatchSettings.Poison(
            s.number(Setting.POISON_AFTER), s.text(Setting.POISON_CALLER).equals("fail")),
        s.duration(Setting.EPISODE_TIMEOUT),
        s.text(Setting.EPISODE_HUNG).equals("fail"),
        s.versionRules(),
        s.activityTimeouts(),
        new DispatchSettings.Entities(
            s.number(Setting.ENTITIES_BATCH),
            s.duration(Setting.ENTITIES_BATCH_TIME),
            s.duration(Setting.ENTITIES_OPERATION_TIMEOUT),
            s.duration(Setting.ENTITIES_REORDER_WINDOW)));
  }

  static PartitionSettings partitions(Settings s) {
    return new PartitionSettings(
        s.duration(Setting.PARTITION_LEASE),
        s.duration(Setting.PARTITION_INTERVAL),
        s.duration(Setting.LEASE),
        s.duration(Setting.POLL_MIN),
        s.duration(Setting.POLL_MAX),
        s.number(Setting.PREFETCH),
        s.number(Setting.ENTITIES_BATCH));
  }

  static EpisodeInput.Rules rules(
      Settings s, DerivedIds ids, DataConverter converter, Capabilities can) {
    BiFunction<Class<?>, BooleanSupplier, Logger> loggers =
        (type, quiet) -> QuietLogger.of(LoggerFactory.getLogger(type), quiet);
    return new EpisodeInput.Rules(
        ids,
        converter,
        can.maxDelay(),
        can.maxPayload(),
        s.text(Setting.REPLAY_STRICT).equals("true"),
        s.text(Setting.VERSION_DEFAULT),
        loggers);
  }
}
