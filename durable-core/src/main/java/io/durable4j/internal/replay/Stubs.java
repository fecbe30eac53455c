package io.durable4j.internal.replay;

import io.durable4j.internal.contract.Contract;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.orchestration.Action;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.Task;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Plain stubs of contracts: a call waits, and inside {@code async} a call is only begun. */
final class Stubs {
  private final Episode episode;
  private @Nullable Recording recording;

  Stubs(Episode episode) {
    this.episode = episode;
  }

  /** What stands behind a stub. */
  interface Callee {
    /** Begins a call. */
    TaskCell<?> call(ContractMethod method, @Nullable Object @Nullable [] arguments);

    /** Prepares a call that nobody waits for; refused where there is no such thing. */
    Signal signal(ContractMethod method, @Nullable Object @Nullable [] arguments);
  }

  /** A call that nobody waits for. */
  interface Signal {
    void send(@Nullable Instant at);
  }

  /** Takes the calls on stubs while a block runs. */
  interface Recording {
    void take(Callee callee, ContractMethod method, @Nullable Object @Nullable [] arguments);

    /** For people. */
    String where();
  }

  /** What an {@code async} block has begun. */
  private static final class Begun implements Recording {
    private @Nullable Task<?> begun;
    private @Nullable Object given;

    @Override
    public void take(Callee callee, ContractMethod method, @Nullable Object @Nullable [] args) {
      if (begun != null) {
        throw new OrchestratorRuleException(
            "ctx.async takes one stub call, and "
                + method.name()
                + " is the second. Use thenCompose for the next one");
      }
      begun = callee.call(method, args);
      given = zero(method.method().getReturnType());
    }

    @Override
    public String where() {
      return "ctx.async";
    }
  }

  /** A stub; {@code byName} is the way without one. */
  <T> T of(Class<T> type, Callee callee, String byName) {
    Memo memo = episode.input().memo();
    Contract contract = memo == null ? Contract.of(type) : memo.contract(type);
    InvocationHandler handler = (proxy, m, args) -> called(contract, callee, proxy, m, args);
    try {
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    } catch (IllegalArgumentException | SecurityException e) {
      throw new OrchestratorRuleException(
          type.getName()
              + " is not accessible for a stub ("
              + e.getMessage()
              + "); make it public in an exported package, or use "
              + byName);
    }
  }

  private @Nullable Object called(
      Contract contract, Callee callee, Object proxy, Method m, @Nullable Object @Nullable [] args)
      throws Throwable {
    ContractMethod method = contract.find(m);
    if (method == null) {
      return m.isDefault() ? ofDefault(proxy, m, args) : ofObject(contract, proxy, m, args);
    }
    episode.script().enter();
    Recording now = recording;
    if (now == null) {
      return callee.call(method, args).await();
    }
    now.take(callee, method, args);
    return zero(m.getReturnType());
  }

  private static @Nullable Object ofDefault(
      Object proxy, Method m, @Nullable Object @Nullable [] args) throws Throwable {
    Class<?> contract = m.getDeclaringClass();
    if (Modifier.isPublic(contract.getModifiers())) {
      return InvocationHandler.invokeDefault(proxy, m, args);
    }
    return MethodHandles.privateLookupIn(contract, MethodHandles.lookup())
        .unreflectSpecial(m, contract)
        .bindTo(proxy)
        .invokeWithArguments(args == null ? List.of() : Arrays.asList(args));
  }

  @SuppressWarnings("ReferenceEquality") // a stub equals itself only
  private static Object ofObject(
      Contract contract, Object proxy, Method m, @Nullable Object @Nullable [] args) {
    return switch (m.getName()) {
      case "equals" -> args != null && proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "stub of " + contract.type().getName();
    };
  }

  /** Runs an {@code async} block. */
  Task<?> record(Callable<?> block) {
    Begun mine = new Begun();
    Object returned = run(block, mine);
    Task<?> begun = mine.begun;
    if (begun == null) {
      throw new OrchestratorRuleException(
          "ctx.async got code that calls no stub; it takes exactly one call on a stub of"
              + " ctx.activities(...) or ctx.entity(...)");
    }
    if (returned == null ? mine.given != null : !returned.equals(mine.given)) {
      throw usesResult(null);
    }
    return begun;
  }

  /** Runs a {@code signal} block and sends what it called. */
  void signal(Action block, @Nullable Instant at) {
    OneWay mine = new OneWay();
    Callable<@Nullable Object> call =
        () -> {
          block.run();
          return null;
        };
    run(call, mine);
    mine.send(at);
  }

  private @Nullable Object run(Callable<?> block, Recording mine) {
    episode.script().enter();
    if (recording != null) {
      throw new OrchestratorRuleException(
          mine.where() + " inside " + recording.where() + "; use one after the other");
    }
    recording = mine;
    try {
      return block.call();
    } catch (Exception e) {
      if (episode.script().isStopped()) {
        throw Unwind.SIGNAL;
      }
      if (e instanceof OrchestratorRuleException rule) {
        throw rule;
      }
      if (mine instanceof Begun async && async.begun != null) {
        throw usesResult(e);
      }
      throw Sneaky.rethrow(e);
    } finally {
      recording = null;
    }
  }

  private static OrchestratorRuleException usesResult(@Nullable Exception cause) {
    OrchestratorRuleException e =
        new OrchestratorRuleException(
            "The code in ctx.async uses the result of its stub call, which is not there yet; use"
                + " ctx.async(...).thenApply(result -> ...)");
    if (cause != null) {
      e.initCause(cause);
    }
    return e;
  }

  private static @Nullable Object zero(Class<?> type) {
    if (!type.isPrimitive() || type == void.class) {
      return null;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == char.class) {
      return '\0';
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == double.class) {
      return 0d;
    }
    if (type == float.class) {
      return 0f;
    }
    if (type == byte.class) {
      return (byte) 0;
    }
    return type == short.class ? (Object) (short) 0 : (Object) 0;
  }
}
