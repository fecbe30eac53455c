package io.durable4j.internal.replay;

import io.durable4j.orchestration.OrchestratorRuleException;
import org.jspecify.annotations.Nullable;

/**
 * Who may call, and whether the episode has stopped. Once it has, every call throws the signal
 * again, whatever user code does with it.
 */
final class Script {
  static final int MAX_REFUSALS = 1_000;

  private final Thread owner = Thread.currentThread();

  /** The thread that may call now; null when none may. */
  private @Nullable Thread caller = owner;

  private boolean stopped;
  private boolean ended;
  private int callbackDepth;
  private boolean inStep;
  private int refusals;
  private @Nullable String swallowedAt;
  private EpisodeResult.@Nullable Blocked blocked;

  private final Episode.Pause pause;

  Script(Episode.Pause pause) {
    this.pause = pause;
  }

  /** Every call of user code on the context passes here. */
  @SuppressWarnings("ReferenceEquality") // it is this very thread that is meant
  void enter() {
    if (Thread.currentThread() != caller) {
      refuse();
    }
  }

  @SuppressWarnings("ReferenceEquality") // it is this very thread that is meant
  private void refuse() {
    if (Thread.currentThread() != owner) {
      throw new OrchestratorRuleException(
          "The orchestration context was called from thread '"
              + Thread.currentThread().getName()
              + "'; only the orchestrator's own thread may. Start work with ctx.async(...)");
    }
    if (ended) {
      throw new OrchestratorRuleException(
          "The orchestration context was called after its orchestrator had returned");
    }
    if (stopped) {
      if (++refusals >= MAX_REFUSALS) {
        pause.runsAway();
      }
      if (swallowedAt == null) {
        String site = CallSites.userFrame(new Throwable().getStackTrace());
        swallowedAt = site == null ? "an unknown line" : site;
      }
      throw Unwind.SIGNAL;
    }
    if (inStep) {
      throw new OrchestratorRuleException(
          "The code of a step may not use the orchestration context");
    }
  }

  boolean isInCallback() {
    return callbackDepth > 0;
  }

  void refuseWaitInCallback() {
    if (isInCallback()) {
      throw new OrchestratorRuleException(
          "A callback (thenApply, thenCompose, fanOut, a retry handler) may not wait; return a task"
              + " and use thenCompose instead");
    }
  }

  /** Ends the episode here. */
  Unwind stop() {
    stopped = true;
    caller = null;
    return Unwind.SIGNAL;
  }

  /** Ends the episode here without result. */
  Unwind block(String why, EpisodeResult.@Nullable Mismatch mismatch) {
    if (blocked == null) {
      blocked = new EpisodeResult.Blocked(why, mismatch);
    }
    return stop();
  }

  void end() {
    ended = true;
    caller = null;
  }

  void enterStep() {
    inStep = true;
    caller = null;
  }

  void leaveStep() {
    inStep = false;
    caller = stopped || ended ? null : owner;
  }

  void enterCallback() {
    callbackDepth++;
  }

  void leaveCallback() {
    callbackDepth--;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isRunaway() {
    return refusals >= MAX_REFUSALS;
  }

  EpisodeResult.@Nullable Blocked blocked() {
    return blocked;
  }

  @Nullable String swallowedAt() {
    return swallowedAt;
  }
}
