package io.durable4j.internal.entity;

import io.durable4j.data.DurableException;
import io.durable4j.internal.contract.Contract;
import io.durable4j.internal.contract.ContractMethod;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stub whose calls only say what was called: they return zeros and nulls. */
final class EntityStub implements InvocationHandler {
  private final Contract contract;
  private final Calls calls;

  private EntityStub(Contract contract, Calls calls) {
    this.contract = contract;
    this.calls = calls;
  }

  /** Hears of each call. */
  interface Calls {
    void called(EntityCall call);
  }

  static <T> T of(Class<T> type, Calls calls) {
    if (type == Object.class) {
      throw new DurableException(
          "This entity's id names no contract, so that there is no stub of it; send the operation"
              + " by its name, or make the id by EntityId.of");
    }
    EntityStub stub = new EntityStub(Contract.of(type), calls);
    try {
      return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, stub));
    } catch (IllegalArgumentException | SecurityException e) {
      throw new DurableException(
          type.getName()
              + " is not accessible for a stub ("
              + e.getMessage()
              + "); make it public in an exported package, or send the operation by its name",
          e);
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method m, @Nullable Object @Nullable [] args)
      throws Throwable {
    ContractMethod method = contract.find(m);
    if (method == null) {
      return m.isDefault() ? ofDefault(proxy, m, args) : ofObject(proxy, m, args);
    }
    List<@Nullable Object> arguments =
        args == null ? List.of() : Collections.unmodifiableList(Arrays.asList(args));
    calls.called(new EntityCall(method.operation(), arguments));
    return zero(m.getReturnType());
  }

  private static @Nullable Object ofDefault(
      Object proxy, Method m, @Nullable Object @Nullable [] args) throws Throwable {
    Class<?> declaring = m.getDeclaringClass();
    if (Modifier.isPublic(declaring.getModifiers())) {
      return InvocationHandler.invokeDefault(proxy, m, args);
    }
    return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
        .unreflectSpecial(m, declaring)
        .bindTo(proxy)
        .invokeWithArguments(args == null ? List.of() : Arrays.asList(args));
  }

  @SuppressWarnings("ReferenceEquality") // a stub equals itself only
  private Object ofObject(Object proxy, Method m, @Nullable Object @Nullable [] args) {
    return switch (m.getName()) {
      case "equals" -> args != null && proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "stub of " + contract.type().getName();
    };
  }

  /** What a call returns whose result there will never be. */
  private static @Nullable Object zero(Class<?> type) {
    if (!type.isPrimitive() || type == void.class) {
      return null;
    }
    return Array.get(Array.newInstance(type, 1), 0);
  }
}
