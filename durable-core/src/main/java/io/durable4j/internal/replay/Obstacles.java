package io.durable4j.internal.replay;

import io.durable4j.history.EventBody;
import org.jspecify.annotations.Nullable;

/** Why an episode cannot go on: its code does not fit the history, or cannot be run. */
final class Obstacles {
  private final Episode episode;
  private @Nullable String lastSite;
  private @Nullable String thrownAt;
  private boolean wantsTrace;

  Obstacles(Episode episode) {
    this.episode = episode;
  }

  /** The code acts; a tracing episode remembers where. */
  void acts() {
    if (episode.isTracing()) {
      String site = CallSites.userFrame(new Throwable().getStackTrace());
      lastSite = site == null ? lastSite : site;
    }
  }

  /** Whether a mismatch was found in a place that only tracing can name. */
  boolean wantsTrace() {
    return wantsTrace;
  }

  /** The code does something else than the history says. */
  Unwind mismatch(int step, @Nullable EventBody recorded, String produced) {
    String where = CallSites.userFrame(new Throwable().getStackTrace());
    // a warm episode does not know what the code gave to its actions
    wantsTrace = !episode.isTracing() && (where == null || episode.payloads().isWarm());
    if (where == null) {
      where = atTheEnd();
    }
    EpisodeResult.Mismatch mismatch =
        new EpisodeResult.Mismatch(step, Determinism.describeRecorded(recorded), produced, where);
    String why = Determinism.message(episode.input().instance().value(), mismatch);
    String unreadable = episode.payloads().unreadable();
    return unreadable == null
        ? episode.script().block(why, mismatch)
        : episode
            .script()
            .block(unreadable + ". It did read in an earlier episode, since " + why, null);
  }

  private String atTheEnd() {
    if (thrownAt != null) {
      return thrownAt;
    }
    return lastSite == null ? "its end" : "its end, after " + lastSite;
  }

  /** The code has thrown this, which is its end. */
  void thrown(Throwable thrown) {
    thrownAt = CallSites.userFrame(thrown.getStackTrace());
  }

  /** What differs is of no consequence for the history, but perhaps not what was meant. */
  void checkSoft(int id, EventBody recorded, EventBody produced) {
    String difference = Determinism.softDifference(recorded, produced);
    if (difference == null) {
      return;
    }
    if (episode.input().rules().strict()) {
      throw mismatch(id, recorded, Determinism.describe(produced));
    }
    episode
        .decisions()
        .warn(
            "The "
                + difference
                + " of step "
                + id
                + " differs from the recorded one. Recorded: "
                + Determinism.describe(recorded)
                + ". Produced: "
                + Determinism.describe(produced));
  }

  /** The deployment's fault: nothing is decided, so that a better one can go on. */
  Unwind notRunnable(Throwable error) {
    return episode
        .script()
        .block(
            "Instance "
                + episode.input().instance()
                + ": the orchestrator could not be run: "
                + error
                + ". Is a class missing from this deployment?",
            null);
  }
}
