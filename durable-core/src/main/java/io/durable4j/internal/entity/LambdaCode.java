package io.durable4j.internal.entity;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.EntityContext;
import io.durable4j.entity.EntityFunction;
import io.durable4j.entity.EntityOperation;
import io.durable4j.entity.EntityOperations;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An entity as lambdas. */
final class LambdaCode<S> implements EntityCode, EntityCode.Server {
  private final String name;
  private final Type state;
  private final Map<String, EntityFunction<S>> functions;
  private final @Nullable Supplier<? extends S> initial;

  private LambdaCode(String name, Type state, Definition<S> definition) {
    this.name = name;
    this.state = state;
    this.functions = definition.functions;
    this.initial = definition.initial;
  }

  static <S> EntityCode of(String name, TypeRef<S> state, Consumer<EntityOperations<S>> define) {
    Definition<S> definition = new Definition<>(name);
    define.accept(definition);
    definition.ended = true;
    if (definition.functions.isEmpty()) {
      throw new DurableException("Entity '" + name + "' was registered without operations");
    }
    return new LambdaCode<>(name, state.type(), definition);
  }

  private static final class Definition<S> implements EntityOperations<S> {
    private final String name;
    private final Map<String, EntityFunction<S>> functions =
        new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable Supplier<? extends S> initial;
    private boolean ended;

    Definition(String name) {
      this.name = name;
    }

    @Override
    public EntityOperations<S> initially(Supplier<? extends S> gives) {
      refuseLate();
      initial = Objects.requireNonNull(gives, "initial");
      return this;
    }

    @Override
    public EntityOperations<S> on(String operation, EntityFunction<S> code) {
      refuseLate();
      Objects.requireNonNull(code, "code");
      if (operation.isBlank()) {
        throw new DurableException("An operation of entity '" + name + "' has no name");
      }
      if (functions.putIfAbsent(operation, code) != null) {
        throw new DurableException(
            "Two operations of entity '"
                + name
                + "' are called '"
                + operation
                + "' (ignoring case)");
      }
      return this;
    }

    private void refuseLate() {
      if (ended) {
        throw new DurableException(
            "The operations of entity '" + name + "' can only be named while it is registered");
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Type state() {
    return state;
  }

  @Override
  public List<String> operations() {
    return List.copyOf(functions.keySet());
  }

  @Override
  public boolean has(String operation) {
    return functions.containsKey(operation);
  }

  @Override
  public Server serve() {
    return this;
  }

  @Override
  public Done run(Call call) throws Throwable {
    Running<S> running = new Running<>(call, stateOf(call));
    Object result = Objects.requireNonNull(functions.get(call.operation())).run(running);
    return new Done(result, running.state);
  }

  @SuppressWarnings("unchecked") // decoded as what was registered
  private @Nullable S stateOf(Call call) {
    Object known = call.state();
    return known == null && initial != null ? initial.get() : (S) known;
  }

  @Override
  public FailureDetails failure(String operation, Throwable thrown, boolean nonRetriable) {
    return Failures.of(thrown, nonRetriable);
  }

  private static final class Running<S> implements EntityOperation<S> {
    private final Call call;
    private @Nullable S state;

    Running(Call call, @Nullable S state) {
      this.call = call;
      this.state = state;
    }

    @Override
    public String name() {
      return call.operation();
    }

    @Override
    @SuppressWarnings("unchecked") // the converter gives what the type says
    public <I> @Nullable I input(TypeRef<I> type) {
      return (I) call.converter().fromPayload(call.input(), type.type());
    }

    @Override
    @SuppressWarnings("NullAway") // null where nobody said what it is at first
    public S state() {
      return state;
    }

    @Override
    public void state(@Nullable S next) {
      state = next;
    }

    @Override
    public EntityContext context() {
      return call.context();
    }
  }
}
