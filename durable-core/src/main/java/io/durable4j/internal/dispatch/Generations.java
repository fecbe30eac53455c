package io.durable4j.internal.dispatch;

import static io.durable4j.internal.dispatch.TurnFault.deciding;

import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.ContinuedAsNew;
import io.durable4j.internal.replay.Replay;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Outbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the generations of an instance that continues as new, one after the other in one turn, so
 * that a generation that need not wait costs no commit. After {@value #MOST} generations or a
 * second, before one that cannot be run here, and after one that ended with a step, the next one is
 * only opened and woken up by a message.
 */
final class Generations {
  static final int MOST = 20;
  private static final long LONGEST = Duration.ofSeconds(1).toNanos();

  private final Drive drive;
  private final Function<InstanceState, Replay.@Nullable Code> codes;
  private final OtherInstances others;
  private final Observer observer;

  /** Runs a generation of the turn under the watch; null when it was taken over. */
  interface Runs {
    @Nullable EpisodeResult run(Ground ground, boolean first, Replay.Code code);
  }

  Generations(
      Drive drive,
      Function<InstanceState, Replay.@Nullable Code> codes,
      OtherInstances others,
      Observer observer) {
    this.drive = drive;
    this.others = others;
    this.codes = codes;
    this.observer = observer;
  }

  /**
   * The plan of a turn whose first episode gave the result, and did not block; null when a later
   * one hung, and the turn was ended without it.
   */
  @Nullable TurnPlan plan(Ground first, EpisodeResult firstResult, long begun, Runs runs) {
    return firstResult.end() instanceof ContinuedAsNew
        ? generations(first, firstResult, begun, runs)
        : deciding(() -> TurnPlan.of(first, firstResult));
  }

  private @Nullable TurnPlan generations(
      Ground first, EpisodeResult firstResult, long begun, Runs runs) {
    Ground ground = first;
    EpisodeResult result = firstResult;
    List<Outbound> outbound = new ArrayList<>();
    Set<MessageId> retract = new LinkedHashSet<>();
    int ran = 1;
    for (; result.end() instanceof ContinuedAsNew end; ran++) {
      Ground former = ground;
      EpisodeResult formerResult = result;
      Continuation c = deciding(() -> Continuation.of(former, formerResult, end));
      ground = c.next();
      outbound.addAll(c.outbound());
      outbound.addAll(toOthers(former, formerResult.actions()));
      retract.addAll(c.retract());
      boolean enough = ran >= MOST || drive.nanos() - begun >= LONGEST || c.ranStep();
      Replay.Code code = enough ? null : codes.apply(ground.state());
      if (code == null) {
        return opened(ground, outbound, retract);
      }
      EpisodeResult next = runs.run(ground, false, code);
      if (next == null) {
        return null;
      }
      if (next.end() instanceof EpisodeResult.Blocked) {
        return opened(ground, outbound, retract); // the next turn says why
      }
      for (String warning : next.warnings()) {
        observer.on(new EngineEvent.Warning(ground.state().id(), warning));
      }
      result = next;
    }
    Ground lastGround = ground;
    EpisodeResult lastResult = result;
    TurnPlan last = deciding(() -> TurnPlan.of(lastGround, lastResult));
    List<HistoryEvent> events = new ArrayList<>(ground.stored().history());
    events.addAll(last.history().events());
    outbound.addAll(last.outbound());
    outbound.addAll(toOthers(ground, last.history().events()));
    retract.addAll(last.retract());
    return new TurnPlan(new HistoryChange.Restart(events), last.next(), outbound, retract);
  }

  private List<Outbound> toOthers(Ground from, List<HistoryEvent> events) {
    return others.messages(from.state(), from.index(), events, from.clock());
  }

  private static TurnPlan opened(Ground ground, List<Outbound> outbound, Set<MessageId> retract) {
    outbound.add(TurnPlan.wakeUp(ground));
    return new TurnPlan(
        new HistoryChange.Restart(ground.stored().history()), ground.state(), outbound, retract);
  }
}
