package io.durable4j.internal.client;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.InstanceFinishedException;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.InstanceNotFoundException;
import io.durable4j.client.NotAnOrchestrationException;
import io.durable4j.client.NotRewindableException;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.ResultTimeoutException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.history.RecordedHistory;
import io.durable4j.orchestration.EventRef;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import io.durable4j.spi.ReusePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One instance, seen through storage. */
final class Handle<O extends @Nullable Object> implements InstanceHandle<O> {
  private static final long FIRST_POLL = 50_000_000;
  private static final long LONGEST_POLL = 1_000_000_000;
  private static final String RESTART =
      "has no beginning to go back to; signal it the operation delete, and then what it shall do";
  private static final String PAUSE =
      "cannot be paused; an orchestration holds others off with ctx.lock(entity)";

  private final ClientParts parts;
  private final InstanceId id;
  private final TypeRef<O> output;

  Handle(ClientParts parts, InstanceId id, TypeRef<O> output) {
    this.parts = parts;
    this.id = id;
    this.output = output;
  }

  @Override
  public String id() {
    return id.value();
  }

  @Override
  public O result(Duration limit) {
    refuseEntity("has no result; read its state with client.entityState(entity, type)");
    return resultOf(ended(limit));
  }

  @Override
  public InstanceState awaitStart(Duration limit) {
    return await(limit, "begun", this::glance, status -> status != OrchestrationStatus.PENDING);
  }

  /** Only one that is there can be waited for. */
  private InstanceState ended(Duration limit) {
    return await(
        limit,
        "ended",
        () -> Optional.of(glance().orElseThrow(this::missing)),
        OrchestrationStatus::isTerminal);
  }

  private Optional<InstanceState> glance() {
    return parts.calling(() -> parts.hub().queries().glance(id));
  }

  private InstanceState await(
      Duration limit,
      String what,
      Supplier<Optional<InstanceState>> look,
      Predicate<OrchestrationStatus> isSo) {
    ResultWaits.Wait wait = new ResultWaits.Wait(isSo, parts.drive().signal());
    parts.waits().add(id, wait);
    try {
      return await(limit, what, look, wait);
    } finally {
      parts.waits().remove(id, wait);
    }
  }

  private InstanceState await(
      Duration limit, String what, Supplier<Optional<InstanceState>> look, ResultWaits.Wait wait) {
    long until = parts.drive().nanos() + limit.toNanos();
    long poll = FIRST_POLL;
    while (true) {
      Optional<InstanceState> seen = look.get();
      if (seen.isPresent() && wait.isFor().test(seen.get().status())) {
        return seen.get();
      }
      long now = parts.drive().nanos();
      if (now >= until) {
        if (seen.isEmpty()) {
          throw missing();
        }
        throw new ResultTimeoutException(
            id.value(),
            "Instance " + id + " has not " + what + " within " + limit + ". " + explain());
      }
      wait.signal().await(Math.min(until, now + poll), () -> until);
      poll = Math.min(LONGEST_POLL, poll * 2);
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the converter gives what the type says
  private O resultOf(InstanceState state) {
    InstanceState.Progress p = state.progress();
    if (p.status() == OrchestrationStatus.COMPLETED) {
      try {
        return (O) parts.converter().fromPayload(p.output(), output.type());
      } catch (PayloadException e) {
        throw new PayloadException("Instance " + id + ", result: " + e.getMessage(), e);
      }
    }
    FailureDetails failure = p.failure();
    if (failure == null) {
      Payload reason = p.output();
      failure = FailureDetails.of(p.status().name(), reason == null ? "" : reason.text(), true);
    }
    throw new OrchestrationFailedException(id.value(), p.status(), failure);
  }

  @Override
  public InstanceState state() {
    return find().orElseThrow(this::missing);
  }

  private InstanceNotFoundException missing() {
    return new InstanceNotFoundException(
        id.value(), "There is no instance " + id + "; was it purged, or is the hub another one?");
  }

  @Override
  public Optional<InstanceState> find() {
    return parts.calling(() -> parts.hub().queries().get(id));
  }

  @Override
  public <P extends @Nullable Object> void raise(EventRef<P> event, P payload) {
    refuseEntity("takes operations, not events: client.signal(entity, operation, input)");
    ClientInterceptor.Raise call = new ClientInterceptor.Raise(id(), event.name(), payload);
    parts.rules().raise(call, c -> raise(event.name(), c.payload()));
  }

  private void raise(String event, @Nullable Object payload) {
    Payload encoded = parts.encode(payload, "Instance " + id + ", payload of event " + event);
    InstanceState state = glance().orElseThrow(this::missing);
    if (state.status().isTerminal()) {
      throw new InstanceFinishedException(
          id.value(), "Instance " + id + " is " + state.status() + " and takes no more events");
    }
    send(new EventRaised(event, encoded));
  }

  @Override
  public void terminate(String why, boolean recursive) {
    refuseEntity("never ends; signal it the operation delete");
    Control.terminate(parts, state(), why, recursive);
  }

  @Override
  public void rewind(String why) {
    refuseEntity("cannot be rewound: what it failed to do left no trace in it; signal it again");
    InstanceState state = state();
    if (state.status() != OrchestrationStatus.FAILED) {
      throw new NotRewindableException(
          id.value(),
          "Instance " + id + " is " + state.status() + "; only a failed one can be rewound");
    }
    Control.rewind(parts, state, why);
  }

  @Override
  public InstanceHandle<O> restart(Duration limit) {
    refuseEntity(RESTART);
    InstanceState seen = state();
    if (!seen.status().isTerminal()) {
      terminate("restarted");
      seen = ended(limit);
    }
    new Starts(parts).create(Starts.again(parts, seen, id), ReusePolicy.ifFinished());
    return this;
  }

  @Override
  public InstanceHandle<O> restartAs(String newId) {
    refuseEntity(RESTART);
    InstanceId other = InstanceId.ofOrchestration(newId);
    new Starts(parts).create(Starts.again(parts, state(), other), ReusePolicy.never());
    return new Handle<>(parts, other, output);
  }

  @Override
  public boolean purge(boolean recursive) {
    refuseEntity("is not purged; signal it the operation delete, and client.cleanEntities does it");
    return new Purge(parts).purge(id, recursive);
  }

  @Override
  public void suspend(String why) {
    refuseEntity(PAUSE);
    Control.suspend(parts, state(), why);
  }

  @Override
  public void resume(String why) {
    refuseEntity(PAUSE);
    Control.resume(parts, state(), why);
  }

  private void refuseEntity(String why) {
    if (id.isEntity()) {
      throw new NotAnOrchestrationException(id.value(), "Entity " + id + " " + why);
    }
  }

  private void send(EventBody body) {
    Control.send(parts, id, null, body);
  }

  @Override
  public String explain() {
    Optional<InstanceState> state = find();
    if (id.isEntity()) {
      return EntityExplanation.of(id, state.orElse(null), parts.mailbox().apply(id));
    }
    return state
        .map(s -> Explanation.of(s, events(null), parts.mailbox().apply(id)))
        .orElseGet(() -> "There is no instance " + id);
  }

  /** Of an execution that another followed meanwhile, pages may be gone. */
  @Override
  public RecordedHistory history() {
    InstanceState seen = state();
    while (true) {
      List<HistoryEvent> events = events(seen.execution());
      InstanceState after = state();
      if (after.execution().equals(seen.execution())) {
        return RecordedHistory.of(after, events, parts.capabilities().maxDelay());
      }
      seen = after;
    }
  }

  private List<HistoryEvent> events(@Nullable ExecutionId execution) {
    List<HistoryEvent> all = new ArrayList<>();
    Token token = null;
    do {
      Token from = token;
      Page<HistoryEvent> page =
          parts.calling(() -> parts.hub().queries().history(id, execution, from));
      all.addAll(page.items());
      token = page.next();
    } while (token != null);
    return all;
  }

  @Override
  public String toString() {
    return "instance " + id;
  }
}
