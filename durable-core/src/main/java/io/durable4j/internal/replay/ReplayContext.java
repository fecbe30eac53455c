package io.durable4j.internal.replay;

import io.durable4j.activity.ActivityRef;
import io.durable4j.data.TypeRef;
import io.durable4j.history.Headers;
import io.durable4j.orchestration.Action;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.ContinueOptions;
import io.durable4j.orchestration.CriticalSection;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.SagaBody;
import io.durable4j.orchestration.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The context that user code sees; each call is handed to the part that knows it. */
final class ReplayContext implements OrchestrationContext {
  private final Episode episode;
  private final Inherited inherited;
  private @Nullable Activities activities;
  private @Nullable Stubs stubs;
  private @Nullable Steps steps;
  private @Nullable Repeatable repeatable;
  private @Nullable Patches patches;
  private @Nullable Sagas sagas;
  private @Nullable Entities entities;
  private final TypeRef<?> input;
  private @Nullable NextGeneration next;

  /** {@code input} is the type of the orchestrator's input. */
  ReplayContext(Episode episode, Inherited inherited, TypeRef<?> input) {
    this.input = input;
    this.episode = episode;
    this.inherited = inherited;
  }

  private void enter() {
    episode.script().enter();
  }

  /** What continues as new; null unless that was asked for. */
  @Nullable NextGeneration next() {
    return next;
  }

  @Override
  public String instanceId() {
    return episode.input().instance().value();
  }

  @Override
  public String executionId() {
    return episode.input().execution().value();
  }

  @Override
  public Map<String, String> tags() {
    return Headers.without(inherited.tags());
  }

  @Override
  public Map<String, String> headers() {
    return Headers.of(inherited.tags());
  }

  @Override
  public String version() {
    return inherited.version();
  }

  @Override
  public <T> T activities(Class<T> contract) {
    return activities(contract, CallOptions.DEFAULT);
  }

  @Override
  public <T> T activities(Class<T> contract, CallOptions options) {
    enter();
    return stubs().of(contract, new ActivityStub(activities(), options), "an ActivityRef");
  }

  @Override
  @SuppressWarnings("unchecked") // the stub's method returns R
  public <R extends @Nullable Object> Task<R> async(Callable<R> oneStubCall) {
    enter();
    return (Task<R>) stubs().record(oneStubCall);
  }

  @Override
  @SuppressWarnings("unchecked") // the stub's method returns nothing
  public Task<@Nullable Void> asyncRun(Action oneStubCall) {
    enter();
    Callable<@Nullable Object> call =
        () -> {
          oneStubCall.run();
          return null;
        };
    return (Task<@Nullable Void>) stubs().record(call);
  }

  @Override
  public <R extends @Nullable Object> R step(
      String name, Class<R> type, Callable<? extends R> body) {
    enter();
    return steps().run(name, TypeRef.of(type), body);
  }

  @Override
  public <R extends @Nullable Object> R step(
      String name, TypeRef<R> type, Callable<? extends R> body) {
    enter();
    return steps().run(name, type, body);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> Task<O> callActivity(
      ActivityRef<I, O> activity, I input, CallOptions options) {
    enter();
    return activities().call(activity, input, options);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> Task<O> callSubOrchestrator(
      OrchestratorRef<I, O> orchestrator, I input, CallOptions options) {
    enter();
    refuseInSection("A sub-orchestration was called");
    return new RetriedCall<O>(
            episode, new Others(episode, inherited).child(orchestrator, input, options), options)
        .start();
  }

  @Override
  public <I extends @Nullable Object> String startOrchestrator(
      OrchestratorRef<I, ?> orchestrator, I input, CallOptions options) {
    enter();
    refuseInSection("An orchestration was started");
    return new Others(episode, inherited).detached(orchestrator, input, options);
  }

  @Override
  public <P extends @Nullable Object> void sendEvent(
      String instanceId, EventRef<P> event, P payload) {
    enter();
    new Others(episode, inherited).send(instanceId, event.name(), payload);
  }

  @Override
  public <T> T entity(EntityId<T> id) {
    enter();
    if (id.contract() == Object.class) {
      throw new OrchestratorRuleException(
          "Entity "
              + id
              + " has no contract; give one with EntityId.of, or use ctx.callEntity and"
              + " ctx.signalEntity");
    }
    EntityStub entity = new EntityStub(entities(), entities().instance(id));
    return stubs().of(id.contract(), entity, "ctx.callEntity");
  }

  @Override
  public void signal(Action oneEntityCall) {
    enter();
    stubs().signal(oneEntityCall, null);
  }

  @Override
  public void signal(Instant at, Action oneEntityCall) {
    enter();
    stubs().signal(oneEntityCall, at);
  }

  @Override
  public <R extends @Nullable Object> Task<R> callEntity(
      EntityId<?> id, String operation, @Nullable Object input, TypeRef<R> result) {
    enter();
    EntityTarget target = EntityTarget.named(entities().instance(id), operation, result.type());
    return entities().call(target, Collections.singletonList(input));
  }

  @Override
  public void signalEntity(EntityId<?> id, String operation, @Nullable Object input) {
    enter();
    signalEntity(id, operation, input, null);
  }

  @Override
  public void signalEntity(Instant at, EntityId<?> id, String operation, @Nullable Object input) {
    enter();
    signalEntity(id, operation, input, at);
  }

  private void signalEntity(
      EntityId<?> id, String operation, @Nullable Object input, @Nullable Instant at) {
    EntityTarget target = EntityTarget.named(entities().instance(id), operation, Void.class);
    entities().signal(target, Collections.singletonList(input), at);
  }

  @Override
  public CriticalSection lock(EntityId<?>... ids) {
    enter();
    return entities().sections().of(ids);
  }

  private void refuseInSection(String what) {
    if (entities != null) {
      entities.sections().refuse(what);
    }
  }

  private Entities entities() {
    Entities mine = entities == null ? new Entities(episode) : entities;
    entities = mine;
    return mine;
  }

  @Override
  public <P extends @Nullable Object> Task<P> waitForExternalEvent(EventRef<P> event) {
    enter();
    return new EventWait<>(event).start(episode);
  }

  @Override
  public Task<@Nullable Void> createTimer(Duration delay) {
    enter();
    Duration wait = delay.isNegative() ? Duration.ZERO : delay;
    return episode.timer(episode.clock().plus(wait));
  }

  @Override
  public Task<@Nullable Void> createTimer(Instant due) {
    enter();
    return episode.timer(due);
  }

  @Override
  public <V extends @Nullable Object> Task<List<V>> allOf(
      Collection<? extends Task<? extends V>> tasks) {
    enter();
    return Joins.allOf(episode, tasks);
  }

  @Override
  public Task<Task<?>> anyOf(Task<?>... tasks) {
    enter();
    if (tasks.length == 0) {
      throw new IllegalArgumentException("anyOf needs at least one task");
    }
    return Joins.anyOf(episode, Arrays.copyOf(tasks, tasks.length));
  }

  @Override
  public <T extends @Nullable Object, V extends @Nullable Object> Task<List<Outcome<V>>> fanOut(
      Collection<? extends T> items, int maxInFlight, Function<? super T, Task<V>> each) {
    enter();
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "maxInFlight is " + maxInFlight + ", at least 1 is needed");
    }
    return Joins.fanOut(episode, items, maxInFlight, each);
  }

  @Override
  public <R extends @Nullable Object> R saga(SagaBody<R> body) {
    enter();
    Sagas mine = sagas == null ? new Sagas(episode) : sagas;
    sagas = mine;
    return mine.run(body);
  }

  @Override
  public boolean patched(String changeId) {
    enter();
    Patches mine = patches == null ? new Patches(episode) : patches;
    patches = mine;
    return mine.patched(changeId);
  }

  @Override
  @SuppressWarnings({
    "NullAway",
    "TypeParameterUnusedInFormals"
  }) // nobody looks at what the function returns then
  public <R extends @Nullable Object> R continueAsNew(
      @Nullable Object input, ContinueOptions options) {
    enter();
    refuseInSection("Continue-as-new was asked for");
    NextGeneration asked = next == null ? new NextGeneration(episode, this.input) : next;
    asked.ask(input, options);
    next = asked;
    return null;
  }

  @Override
  public void setCustomStatus(@Nullable Object status) {
    enter();
    EpisodeResult.StatusChange former = episode.payloads().formerStatus();
    episode
        .decisions()
        .status(
            former == null
                ? new EpisodeResult.StatusChange(episode.payloads().encode(status, "custom status"))
                : former);
  }

  @Override
  public Instant currentInstant() {
    enter();
    return episode.clock();
  }

  @Override
  public UUID newUuid() {
    enter();
    return repeatable().uuid(episode.clock());
  }

  @Override
  public Random random() {
    enter();
    return repeatable().random();
  }

  private Activities activities() {
    Activities mine = activities == null ? new Activities(episode, inherited) : activities;
    activities = mine;
    return mine;
  }

  private Stubs stubs() {
    Stubs mine = stubs == null ? new Stubs(episode) : stubs;
    stubs = mine;
    return mine;
  }

  private Steps steps() {
    Steps mine = steps == null ? new Steps(episode) : steps;
    steps = mine;
    return mine;
  }

  private Repeatable repeatable() {
    EpisodeInput of = episode.input();
    Repeatable mine =
        repeatable == null ? new Repeatable(of.instance(), of.execution()) : repeatable;
    repeatable = mine;
    return mine;
  }

  @Override
  public boolean isReplaying() {
    enter();
    return episode.timeline().isReplaying();
  }

  @Override
  public Logger logger(Class<?> owner) {
    enter();
    return episode.input().rules().loggers().apply(owner, episode.timeline()::isReplaying);
  }
}
