package io.durable4j.internal.entity;

import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import io.durable4j.message.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations that an entity runs before its next commit. Each is a transaction of its own: one
 * that fails leaves the state as it was and sends nothing but its failure, and the next one runs.
 */
public final class EntityBatch {
  private final Input in;
  private final Operations code;
  private final Sorter sorter;
  private final EntityQueue queue;
  private final StateCell state;
  private final List<Outgoing> out = new ArrayList<>();
  private final List<Failed> failures = new ArrayList<>();
  private int operations;
  private int steps;

  /** A lock waits for its commit, and its answer for the next batch. */
  private boolean noted;

  /**
   * What a batch begins with.
   *
   * @param id the entity
   * @param before what it keeps
   * @param kept the decoded state that the former batch left; null when that is not known
   * @param arrivals what it is told, in the order of arrival; nothing that is due later
   * @param earlier what it was told before
   * @param clock the time of the batch
   * @param rules how much it may do
   * @param code the user's code; null when none is registered
   */
  public record Input(
      InstanceId id,
      Scheduler before,
      @Nullable Object kept,
      List<EventRaised> arrivals,
      Earlier earlier,
      Instant clock,
      Rules rules,
      @Nullable EntityCode code) {
    /**
     * What a batch begins with that is told nothing twice.
     *
     * @param id the entity
     * @param before what it keeps
     * @param kept the decoded state that the former batch left; null when that is not known
     * @param arrivals what it is told, in the order of arrival; nothing that is due later
     * @param clock the time of the batch
     * @param rules how much it may do
     * @param code the user's code; null when none is registered
     */
    public Input(
        InstanceId id,
        Scheduler before,
        @Nullable Object kept,
        List<EventRaised> arrivals,
        Instant clock,
        Rules rules,
        @Nullable EntityCode code) {
      this(id, before, kept, arrivals, Earlier.NONE, clock, rules, code);
    }
  }

  /**
   * What an entity was told before, as far as that is known: of use where commits are not atomic
   * and senders repeat themselves under another time.
   *
   * @param repeats the places of those arrivals that came before: they count no more, but those
   *     that wait for them need not wait
   * @param requests ids of requests that came in former batches
   * @param mayBeInVain whether what this batch sends may arrive although it is never committed
   */
  public record Earlier(Set<Integer> repeats, Set<String> requests, boolean mayBeInVain) {
    /** For commits that are atomic: nothing to know, and nothing is sent in vain. */
    public static final Earlier NONE = new Earlier(Set.of(), Set.of(), false);

    /** Copies the sets. */
    public Earlier {
      repeats = Set.copyOf(repeats);
      requests = Set.copyOf(requests);
    }
  }

  /**
   * How much a batch may do, and by what means.
   *
   * @param maxOperations the most operations and lock requests
   * @param enough whether the batch has taken its time; asked between operations
   * @param window how far apart messages may come that are sorted; zero sorts none
   * @param maxPayload the largest payload, in bytes
   * @param converter turns values into payloads and back
   * @param watch looks at the time that operations take
   * @param childVersion the version of orchestrations that are started without one
   */
  public record Rules(
      int maxOperations,
      BooleanSupplier enough,
      Duration window,
      int maxPayload,
      DataConverter converter,
      Watch watch,
      String childVersion) {}

  /** Looks at the time that operations take. */
  public interface Watch {
    /**
     * An operation begins on the calling thread.
     *
     * @param operation its name
     */
    void begins(String operation);

    /**
     * It has ended; comes once after each beginning.
     *
     * @return whether it took too long, so that it has failed
     */
    boolean ended();
  }

  /**
   * What a batch has done.
   *
   * @param after what the entity keeps now
   * @param kept its state, decoded; null when that is not known
   * @param out what it sends
   * @param operations how many operations ran, those that failed among them
   * @param failures those that failed, in order
   * @param goOn whether something is left that could run
   * @param warnings what it was told and did not understand
   */
  public record Effects(
      Scheduler after,
      @Nullable Object kept,
      List<Outgoing> out,
      int operations,
      List<Failed> failures,
      boolean goOn,
      List<String> warnings) {
    /**
     * How many operations have failed.
     *
     * @return the number
     */
    public int failed() {
      return failures.size();
    }
  }

  /**
   * An operation that has failed.
   *
   * @param operation its name
   * @param request the request's id
   * @param signal whether nobody hears of it
   * @param why its failure
   */
  public record Failed(String operation, String request, boolean signal, FailureDetails why) {}

  private EntityBatch(Input in, boolean lazy) {
    Rules rules = in.rules();
    this.in = in;
    this.sorter = new Sorter(in.before().sorting(), rules.window(), in.earlier().requests());
    this.queue = new EntityQueue(in.before(), sorter);
    // the first try may have changed in place what the former batch left
    this.state = new StateCell(rules, in.before().state(), lazy ? in.kept() : null, lazy);
    this.code = new Operations(in, state);
  }

  /**
   * Runs a batch.
   *
   * @param input what it begins with
   * @return what it has done; nothing of it counts before it is committed
   */
  public static Effects run(Input input) {
    try {
      return new EntityBatch(input, true).run();
    } catch (LateStateException e) {
      // tried again, the operation that leaves such a state fails and the others do not
      return new EntityBatch(input, false).run();
    }
  }

  /** A state was taken unseen that cannot be kept. */
  private static final class LateStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LateStateException(PayloadException cause) {
      super(cause);
    }
  }

  private Effects run() {
    queue.take(in.arrivals(), in.earlier().repeats(), in.clock());
    while (queue.mayRun() && !isEnough()) {
      steps++;
      Request next = queue.next();
      Request.Lock lock = next.lock();
      if (lock == null) {
        operation(next);
      } else {
        grant(next, lock);
      }
    }
    Scheduler after = queue.after(encodedState(), in.clock());
    return new Effects(
        after,
        after.state() == null ? null : state.known(),
        out,
        operations,
        failures,
        queue.mayRun(),
        queue.warnings().stream().map(w -> "Entity " + in.id() + ": " + w).toList());
  }

  private boolean isEnough() {
    return noted
        || (steps > 0
            && (steps >= in.rules().maxOperations() || in.rules().enough().getAsBoolean()));
  }

  private @Nullable Payload encodedState() {
    try {
      return state.end();
    } catch (PayloadException e) {
      throw new LateStateException(e);
    }
  }

  /** The entity is the asker's; the request goes to the next one, or is answered. */
  private void grant(Request r, Request.Lock lock) {
    Request.Sender holder = Objects.requireNonNull(r.sender());
    boolean stands = in.before().isLockedBy(holder.instance(), r.lockId());
    queue.lock(holder.instance(), r.lockId());
    if (in.earlier().mayBeInVain() && !stands) {
      // told before the lock is committed, the holder would go in, and another one, too, if that
      // one's request came first when this batch runs again
      queue.putBack(r);
      noted = true;
      return;
    }
    int next = lock.position() + 1;
    if (next == lock.set().size()) {
      Response granted = new Response(Response.LOCK_ACQUIRED, null, lock.set(), lock.again());
      answer(r, EntityEvents.raised(r.id(), granted));
      return;
    }
    Request forwarded =
        new Request(r.id(), null, r.signal(), null, holder, null, Request.Stamp.NONE, lock.next());
    out.add(
        new Outgoing(
            new Address(lock.set().get(next), null),
            EntityEvents.raised(forwarded),
            null,
            "lock:" + r.lockId() + ":" + next));
  }

  private void answer(Request r, EventRaised body) {
    Request.Sender asker = r.sender();
    if (asker != null) {
      Address to = new Address(asker.instance(), asker.execution());
      out.add(new Outgoing(to, body, null, "answer:" + r.lockId()));
    }
  }

  private void operation(Request r) {
    operations++;
    String name = Objects.requireNonNull(r.operation());
    Stamps stamps = sorter.sorts() ? sorter.stamps() : null;
    OperationContext context = new OperationContext(in, r, stamps);
    FailureDetails failure = null;
    try {
      EventRaised answer = complete(r, code.run(r, name, context));
      out.addAll(context.out());
      if (stamps != null) {
        sorter.sent(stamps);
      }
      if (answer != null) {
        answer(r, answer);
      }
    } catch (LinkageError | OutOfMemoryError e) {
      throw e; // not what the operation does: it could not be run, and may be elsewhere
    } catch (Throwable e) {
      failure = code.failure(name, e);
    }
    if (failure != null) {
      state.restore();
      fail(r, name, failure);
    }
  }

  /** Takes what came of an operation, as a whole or not at all; answers its answer. */
  private @Nullable EventRaised complete(Request r, EntityCode.Done done) {
    EventRaised answer = null;
    if (!r.signal()) {
      Payload result = in.rules().converter().toPayload(done.result());
      answer = EntityEvents.raised(r.id(), new Response(result, null, List.of()));
      int size = Objects.requireNonNull(answer.input()).sizeInBytes();
      if (size > in.rules().maxPayload()) {
        throw new PayloadException(
            "the result has " + size + " bytes, the backend's limit is " + in.rules().maxPayload(),
            null);
      }
    }
    state.accept(done.state());
    return answer;
  }

  private void fail(Request r, String name, FailureDetails why) {
    failures.add(new Failed(name, r.id(), r.signal(), why));
    if (r.signal()) {
      return;
    }
    EventRaised answer;
    try {
      answer = EntityEvents.raised(r.id(), new Response(null, why, List.of()));
    } catch (DurableException e) {
      answer = EntityEvents.raised(r.id(), new Response(null, bare(why), List.of()));
    }
    answer(r, answer);
  }

  /** The same without properties, which are the user's and may not be written as JSON. */
  private static FailureDetails bare(FailureDetails f) {
    FailureDetails cause = f.cause();
    return new FailureDetails(
        f.type(),
        f.message(),
        f.stack(),
        cause == null ? null : bare(cause),
        f.nonRetriable(),
        Map.of());
  }
}
