package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;

/** What repeats on replay: time, ids, randomness; and what is silent then. */
class ClockAndIdsTest {
  @Test
  void the_clock_is_the_beginning_of_the_episode() {
    List<Instant> seen = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  seen.clear();
                  seen.add(ctx.currentInstant());
                  ctx.sleep(Duration.ofMinutes(1));
                  seen.add(ctx.currentInstant());
                  ctx.step("s", String.class, () -> "x");
                  seen.add(ctx.currentInstant());
                  return null;
                })
            .begin()
            .fire(0);
    Instant first = EpisodeDriver.BEGIN.plusSeconds(1);
    assertThat(d.isFinished()).isTrue();
    assertThat(seen).containsExactly(first, first.plusSeconds(60), first.plusSeconds(60));
  }

  @Test
  void is_replaying_tells_old_code_from_new() {
    List<Boolean> seen = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  seen.clear();
                  seen.add(ctx.isReplaying());
                  ctx.sleep(Duration.ofMinutes(1));
                  seen.add(ctx.isReplaying());
                  ctx.sleep(Duration.ofMinutes(1));
                  seen.add(ctx.isReplaying());
                  return null;
                })
            .withoutReplays()
            .replaying()
            .begin();
    assertThat(seen).containsExactly(false);
    d.fire(0);
    assertThat(seen).containsExactly(true, false);
    d.fire(1);
    assertThat(seen).containsExactly(true, true, false);
  }

  @Test
  void ids_and_randomness_repeat_and_differ_among_themselves() {
    List<Object> seen = new ArrayList<>();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  seen.clear();
                  Random random = ctx.random();
                  for (int i = 0; i < 500; i++) {
                    seen.add(ctx.newUuid());
                    seen.add(random.nextLong());
                  }
                  ctx.sleep(Duration.ofMinutes(1));
                  seen.add(ctx.newUuid());
                  seen.add(ctx.random().nextLong());
                  return null;
                })
            .begin();
    List<Object> before = List.copyOf(seen);
    d.fire(0);
    assertThat(seen).startsWith(before.toArray()).hasSize(1_002);
    assertThat(new HashSet<>(seen)).hasSize(1_002);
  }

  /**
   * Computed by another implementation of RFC 9562: uuid5(9e952958-..., "order-7_TIME_COUNTER").
   */
  @Test
  void ids_are_those_of_the_durable_task_family() {
    List<UUID> seen = new ArrayList<>();
    EpisodeDriver.of(
            ctx -> {
              seen.clear();
              seen.add(ctx.newUuid());
              seen.add(ctx.newUuid());
              return null;
            })
        .begin();
    assertThat(seen)
        .containsExactly(
            UUID.fromString("4b60e2cd-2ebe-5015-a998-14aa750222fd"),
            UUID.fromString("d33dfccf-5a06-57df-9d06-ce5383d737b6"));
  }

  @Test
  void the_logger_is_silent_during_replay() {
    Lines lines = new Lines();
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Logger log = ctx.logger(ClockAndIdsTest.class);
                  log.info("one");
                  ctx.sleep(Duration.ofMinutes(1));
                  log.warn("two {}", 2);
                  log.atInfo().log("three");
                  return null;
                })
            .loggers((c, quiet) -> io.durable4j.internal.observe.QuietLogger.of(lines, quiet))
            .replaying()
            .begin();
    assertThat(lines.all).containsExactly("one");
    d.fire(0);
    assertThat(lines.all).containsExactly("one", "two {}", "three");
  }

  private static final class Lines extends AbstractLogger {
    private static final long serialVersionUID = 1;
    private final transient List<String> all = new ArrayList<>();

    @Override
    protected String getFullyQualifiedCallerName() {
      return "lines";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
      all.add(message);
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
      return true;
    }
  }
}
