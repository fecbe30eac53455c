package io.durable4j.internal.entity;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.entity.Entity;
import io.durable4j.entity.EntityState;
import io.durable4j.internal.contract.Contract;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.internal.contract.DeclaredFailure;
import io.durable4j.internal.contract.TypeArguments;
import io.durable4j.orchestration.EntityId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An entity behind an interface: an object serves a batch. */
final class ContractCode implements EntityCode {
  private final Class<?> contract;
  private final Type state;
  private final Supplier<?> fresh;
  private final List<String> operations;

  /** By each name that it has or had. */
  private final Map<String, ContractMethod> methods;

  private ContractCode(
      Class<?> contract, Type state, Supplier<?> fresh, Map<String, ContractMethod> methods) {
    this.contract = contract;
    this.state = state;
    this.fresh = fresh;
    this.operations =
        methods.values().stream().map(ContractMethod::operation).distinct().sorted().toList();
    this.methods = Collections.unmodifiableMap(methods);
  }

  static EntityCode of(Class<?> type, Supplier<?> fresh) {
    Contract contract = Contract.of(type);
    Map<String, ContractMethod> methods = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (ContractMethod m : contract.methods()) {
      refuseInaccessible(m);
      add(type, methods, m.operation(), m);
      m.aliases().forEach(former -> add(type, methods, former, m));
    }
    Class<?> made = make(type, fresh).getClass();
    Type state = TypeArguments.first(made, Entity.class);
    if (state == null) {
      throw new DurableException(
          made.getName()
              + " leaves open what its state is; extend Entity with a type, as in"
              + " Entity<Integer>");
    }
    return new ContractCode(type, state, fresh, methods);
  }

  private static void add(
      Class<?> type, Map<String, ContractMethod> methods, String name, ContractMethod m) {
    if (methods.putIfAbsent(name, m) != null) {
      throw new DurableException(
          "Two operations of "
              + type.getName()
              + " are called '"
              + name
              + "' (ignoring case); give one of them another @Name");
    }
  }

  private static void refuseInaccessible(ContractMethod m) {
    if (!m.method().trySetAccessible()) {
      throw new DurableException(
          m.method().getDeclaringClass().getName()
              + " is not accessible to the engine; make it public in an exported package, or open"
              + " its package");
    }
  }

  private static Entity<?> make(Class<?> type, Supplier<?> fresh) {
    Object made;
    try {
      made = fresh.get();
    } catch (RuntimeException e) {
      throw new DurableException(
          "The supplier of entity " + type.getName() + " threw " + e + " instead of an object", e);
    }
    if (made == null) {
      throw new DurableException("The supplier of entity " + type.getName() + " gave null");
    }
    if (!type.isInstance(made)) {
      throw new DurableException(
          made.getClass().getName() + " does not implement " + type.getName());
    }
    if (!(made instanceof Entity<?> entity)) {
      throw new DurableException(
          made.getClass().getName()
              + " does not extend "
              + Entity.class.getName()
              + ", so that it has no state");
    }
    return entity;
  }

  @Override
  public String name() {
    return EntityId.nameOf(contract);
  }

  @Override
  public Type state() {
    return state;
  }

  @Override
  public List<String> operations() {
    return operations;
  }

  @Override
  public boolean has(String operation) {
    return methods.containsKey(operation);
  }

  @Override
  public Server serve() {
    return new OfObject();
  }

  private final class OfObject implements Server {
    private @Nullable Entity<?> object;

    @Override
    public Done run(Call call) throws Throwable {
      ContractMethod method = Objects.requireNonNull(methods.get(call.operation()));
      Object[] arguments =
          EntityArguments.decode(call.converter(), call.input(), method.parameters()).toArray();
      Entity<?> entity = object;
      if (entity == null) {
        entity = make(contract, fresh);
        object = entity;
      }
      EntityState.begin(entity, call.state());
      Object result = invoke(method, entity, arguments);
      return new Done(result, EntityState.of(entity));
    }

    private static @Nullable Object invoke(
        ContractMethod method, Entity<?> entity, @Nullable Object[] arguments) throws Throwable {
      try {
        return method.method().invoke(entity, arguments);
      } catch (InvocationTargetException e) {
        throw e.getTargetException();
      }
    }

    @Override
    public FailureDetails failure(String operation, Throwable thrown, boolean nonRetriable) {
      ContractMethod method = methods.get(operation);
      return DeclaredFailure.of(
          thrown, method == null ? List.of() : method.declared(), nonRetriable);
    }
  }
}
