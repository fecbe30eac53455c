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
  private boolean stopped;
  private boolean ended;
  private int callbackDepth;
  private boolean inStep;
  private int refusals;
  private @Nullable String swallowedAt;
  private EpisodeResult.@Nullable Blocked blocked;
  private Runnable onRunaway = () -> {};

  /** Every call of user code on the context passes here. */
  @SuppressWarnings("ReferenceEquality") // it is this very thread that is meant
  void enter() {
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
        onRunaway.run();
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
    return Unwind.SIGNAL;
  }

  /** Ends the episode here without result. */
  Unwind block(String why, boolean nonDeterministic) {
    if (blocked == null) {
      blocked = new EpisodeResult.Blocked(why, nonDeterministic);
    }
    return stop();
  }

  /** What to do with code that goes on for long after it was to be left. */
  void onRunaway(Runnable action) {
    onRunaway = action;
  }

  void end() {
    ended = true;
  }

  void enterStep() {
    inStep = true;
  }

  void leaveStep() {
    inStep = false;
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
