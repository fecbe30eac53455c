package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.LiveEpisode;
import io.durable4j.internal.replay.Memo;
import io.durable4j.internal.replay.Replay;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the episodes of an instance run: cold, warm or live, which must make no difference. */
final class ReplayLevel {
  static final String PROPERTY = "replay.level";

  private boolean isLive;
  private @Nullable LiveEpisode parked;
  private @Nullable Memo memo;

  /** The level that the run of the tests asks for. */
  ReplayLevel() {
    String level = System.getProperty(PROPERTY, "cold");
    isLive = level.equals("live");
    memo = level.equals("warm") ? new Memo() : null;
  }

  /** What former episodes remember; null unless they do. */
  @Nullable Memo memo() {
    return memo;
  }

  void warm() {
    isLive = false;
    memo = new Memo();
  }

  void live() {
    isLive = true;
  }

  void cold() {
    isLive = false;
    memo = null;
  }

  void replaying() {
    isLive = false;
    discard();
  }

  void discard() {
    if (parked != null) {
      parked.discard();
      parked = null;
    }
  }

  /** An episode came to nothing: what it remembers is of no use. */
  void forget() {
    memo = memo == null ? null : new Memo();
    parked = null;
  }

  EpisodeResult run(
      List<HistoryEvent> fresh, Function<@Nullable Memo, EpisodeInput> input, Replay.Code code) {
    if (parked != null && parked.isParked()) {
      return parked.run(List.copyOf(fresh), () -> {});
    }
    if (isLive) {
      parked =
          LiveEpisode.prepare(input.apply(null), code, b -> Optional.of(new TestStand(b)))
              .orElseThrow();
      return parked.begin(() -> {});
    }
    return Replay.run(input.apply(memo), code);
  }

  /** Compares a live episode with a cold one; one that ran a step would run it again. */
  void assertSame(EpisodeResult result, Supplier<EpisodeResult> cold) {
    if (isLive && result.actions().stream().noneMatch(ReplayLevel::isInline)) {
      assertSame(result, cold.get());
    }
  }

  /** But for stacks of failures, and that code which does not wait is not left. */
  private static void assertSame(EpisodeResult live, EpisodeResult cold) {
    assertThat(live.actions().stream().filter(e -> !isFailed(e)).toList())
        .isEqualTo(cold.actions().stream().filter(e -> !isFailed(e)).toList());
    assertThat(live.withdrawn()).isEqualTo(cold.withdrawn());
    assertThat(live.awaitedEvents()).isEqualTo(cold.awaitedEvents());
    assertThat(live.customStatus()).isEqualTo(cold.customStatus());
    assertThat(live.end()).hasSameClassAs(cold.end());
    if (!(live.end() instanceof EpisodeResult.Finished)) {
      assertThat(live.end()).isEqualTo(cold.end());
    }
    assertThat(live.warnings())
        .isEqualTo(cold.warnings().stream().filter(w -> !w.contains("unwinding")).toList());
  }

  private static boolean isInline(HistoryEvent e) {
    return e.body() instanceof TaskScheduled t && t.inline();
  }

  private static boolean isFailed(HistoryEvent e) {
    return e.body() instanceof ExecutionCompleted c && c.failure() != null;
  }
}
