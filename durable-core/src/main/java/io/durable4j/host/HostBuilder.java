package io.durable4j.host;

import io.durable4j.activity.ActivityFunction;
import io.durable4j.activity.ActivityInterceptor;
import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Limits;
import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.DurableClient;
import io.durable4j.data.DataConverter;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.EntityOperations;
import io.durable4j.history.RecordedHistory;
import io.durable4j.internal.client.ClientRules;
import io.durable4j.internal.controlled.Drivable;
import io.durable4j.internal.dispatch.ActivityKinds;
import io.durable4j.internal.dispatch.Registry;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.entity.EntityCode;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.internal.observe.LogObserver;
import io.durable4j.internal.observe.Observer;
import io.durable4j.internal.replay.Intercepted;
import io.durable4j.internal.replay.Replay;
import io.durable4j.internal.verify.RecordedReplay;
import io.durable4j.internal.verify.Served;
import io.durable4j.internal.verify.ServedName;
import io.durable4j.internal.verify.Verdict;
import io.durable4j.observe.EngineListener;
import io.durable4j.orchestration.OrchestrationInterceptor;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Collects what a host is made of. */
final class HostBuilder
    implements DurableHost.Builder, Drivable<DurableHost, DurableClient>, Served {
  private static final String LOG = "io.durable4j.engine";
  private static final Duration LEAST_MEMORY = Duration.ofSeconds(10);

  private final Backend backend;
  private final Registry registry = new Registry();
  private final List<ServedName> names = new ArrayList<>();
  private final List<Observer> listeners = new ArrayList<>();
  private final List<OrchestrationInterceptor> aroundOrchestrations = new ArrayList<>();
  private final List<ClientInterceptor> aroundClient = new ArrayList<>();
  private Settings settings;
  private DataConverter converter = JacksonDataConverter.create();

  HostBuilder(Backend backend) {
    this.backend = backend;
    this.settings =
        Settings.defaults(Runtime.getRuntime().availableProcessors())
            .suiting(backend.capabilities());
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> HostBuilder orchestrator(
      OrchestratorRef<I, O> ref, Supplier<? extends Orchestrator<I, O>> fresh) {
    return orchestrator(ref, "", fresh);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> HostBuilder orchestrator(
      OrchestratorRef<I, O> ref, Orchestrator<I, O> code) {
    return orchestrator(ref, "", () -> code);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> HostBuilder orchestrator(
      OrchestratorRef<I, O> ref, String version, Supplier<? extends Orchestrator<I, O>> fresh) {
    Supplier<Orchestrator<?, ?>> code =
        () ->
            aroundOrchestrations.isEmpty()
                ? fresh.get()
                : new Intercepted(ref.name(), aroundOrchestrations, fresh.get());
    registry.add(version, new Replay.Code(ref, code));
    names.add(ServedName.of(ServedName.Kind.ORCHESTRATOR, ref.name()));
    return this;
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> HostBuilder orchestrator(
      OrchestratorRef<I, O> ref, String version, Orchestrator<I, O> code) {
    return orchestrator(ref, version, () -> code);
  }

  @Override
  public <T> HostBuilder activities(Class<T> contract, T implementation) {
    return activities(contract, implementation, l -> l);
  }

  @Override
  public <T> HostBuilder activities(
      Class<T> contract, T implementation, UnaryOperator<Limits> limits) {
    ActivityKinds.ofContract(contract, implementation, limits.apply(Limits.NONE))
        .forEach(registry::add);
    names.addAll(ServedName.ofActivities(contract));
    return this;
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> HostBuilder activity(
      ActivityRef<I, O> ref, ActivityFunction<I, O> code) {
    return activity(ref, code, l -> l);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> HostBuilder activity(
      ActivityRef<I, O> ref, ActivityFunction<I, O> code, UnaryOperator<Limits> limits) {
    registry.add(ActivityKinds.ofFunction(ref, code, limits.apply(Limits.NONE)));
    names.add(ServedName.of(ref));
    return this;
  }

  @Override
  public <T> HostBuilder entity(Class<T> contract, Supplier<? extends T> fresh) {
    registry.add(EntityCode.ofContract(contract, fresh));
    names.addAll(ServedName.ofEntity(contract));
    return this;
  }

  @Override
  public <S> HostBuilder entity(
      String name, TypeRef<S> state, Consumer<EntityOperations<S>> operations) {
    EntityCode code = EntityCode.ofOperations(name, state, operations);
    registry.add(code);
    names.addAll(ServedName.ofEntity(code.name(), code.operations()));
    return this;
  }

  @Override
  public HostBuilder interceptOrchestrations(OrchestrationInterceptor interceptor) {
    aroundOrchestrations.add(interceptor);
    return this;
  }

  @Override
  public HostBuilder interceptActivities(ActivityInterceptor interceptor) {
    registry.aroundActivities().add(interceptor);
    return this;
  }

  @Override
  public HostBuilder interceptClient(ClientInterceptor interceptor) {
    aroundClient.add(interceptor);
    return this;
  }

  @Override
  public HostBuilder set(Setting setting, String value) {
    settings = settings.with(setting, value);
    return this;
  }

  @Override
  public HostBuilder settings(Properties properties) {
    settings = settings.with(properties);
    return this;
  }

  @Override
  public HostBuilder settings(Path file) {
    settings = settings.with(file);
    return this;
  }

  @Override
  public HostBuilder converter(DataConverter newConverter) {
    converter = newConverter;
    return this;
  }

  @Override
  public HostBuilder listener(EngineListener listener) {
    listeners.add(new ListenerObserver(listener, LoggerFactory.getLogger(LOG)));
    return this;
  }

  @Override
  public Verdict replay(RecordedHistory history) {
    Replay.Code code = registry.orchestrator(history.orchestrator(), history.version());
    return code == null
        ? new Verdict.NotReplayed(foreign(history))
        : RecordedReplay.replay(
            history,
            code,
            new RecordedReplay.Rules(
                converter,
                backend.capabilities().maxPayload(),
                settings.text(Setting.VERSION_DEFAULT)));
  }

  private String foreign(RecordedHistory history) {
    List<String> given =
        names.stream()
            .filter(n -> n.kind() == ServedName.Kind.ORCHESTRATOR)
            .map(ServedName::name)
            .distinct()
            .toList();
    return given.stream().anyMatch(history.orchestrator()::equalsIgnoreCase)
        ? registry.missing(history.orchestrator(), history.version())
        : "The history is of the orchestrator '"
            + history.orchestrator()
            + "', and the code is that of "
            + given.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
  }

  @Override
  public List<ServedName> names() {
    return List.copyOf(names);
  }

  @Override
  public DurableClient connect() {
    RealDrive drive = new RealDrive("durable-client", (what, thrown) -> {});
    return connect(drive, () -> drive.close(drive.nanos()));
  }

  @Override
  public DurableHost startOn(Drive drive, Observer observer) {
    return start(drive, observer, until -> true);
  }

  @Override
  public DurableClient connectOn(Drive drive) {
    return connect(drive, () -> {});
  }

  /** A client on another drive; {@code atClose} ends the drive. */
  DurableClient connect(Drive drive, Runnable atClose) {
    ClientRules rules = new ClientRules(settings.text(Setting.VERSION_DEFAULT), aroundClient);
    return ClientOnly.open(backend, settings, converter, rules, drive, atClose);
  }

  @Override
  public DurableHost start() {
    LoggerFactory.getLogger("io.durable4j.host").info("Settings: {}", settings.describe());
    Observer log = new LogObserver(LoggerFactory.getLogger(LOG));
    Observer observer = withListeners(log);
    RealDrive drive =
        new RealDrive(
            "durable-" + settings.text(Setting.HUB_NAME),
            (what, thrown) -> observer.on(new EngineEvent.Bug("in thread " + what, thrown)));
    return start(drive, log, drive::close);
  }

  /** Starts on another drive; {@code join} waits for its threads until a monotonic time. */
  DurableHost start(Drive drive, Observer observer, Engine.Join join) {
    HealthWatch watch = new HealthWatch(drive, unknownMemory(), withListeners(observer));
    return Engine.start(
        new Engine.Parts(backend, registry, settings, converter, aroundClient, drive, watch, join));
  }

  /** What waits for a name is tried again within each longest pause. */
  private Duration unknownMemory() {
    Duration twice = settings.duration(Setting.BACKOFF_MAX).multipliedBy(2);
    return twice.compareTo(LEAST_MEMORY) > 0 ? twice : LEAST_MEMORY;
  }

  private Observer withListeners(Observer first) {
    List<Observer> rest = List.copyOf(listeners);
    return event -> {
      first.on(event);
      for (Observer o : rest) {
        o.on(event);
      }
    };
  }
}
