package io.durable4j.inmemory.testing.crash;

import io.durable4j.activity.Limits;
import io.durable4j.data.DataConverter;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.host.DurableHost;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sees what a host is made of while the user puts it together. */
final class Spy {
  private final DurableHost.Builder real;
  private final DurableHost.Builder shown;
  private final List<Replay.Code> orchestrators = new ArrayList<>();
  private final List<Duration> limits = new ArrayList<>();
  private DataConverter converter = JacksonDataConverter.create();

  Spy(DurableHost.Builder real) {
    this.real = real;
    this.shown =
        (DurableHost.Builder)
            Proxy.newProxyInstance(
                DurableHost.Builder.class.getClassLoader(),
                new Class<?>[] {DurableHost.Builder.class},
                (proxy, method, arguments) -> call(method, arguments));
  }

  /** The builder to give to the user. */
  DurableHost.Builder builder() {
    return shown;
  }

  DataConverter converter() {
    return converter;
  }

  /** Time limits of registered activities. */
  List<Duration> limits() {
    return limits;
  }

  /** The code of an orchestrator; empty when there are several versions. */
  Optional<Replay.Code> code(String name) {
    List<Replay.Code> fitting =
        orchestrators.stream().filter(c -> c.ref().name().equalsIgnoreCase(name)).toList();
    return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
  }

  private Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    look(method.getName().toLowerCase(Locale.ROOT), given);
    try {
      Object answer = method.invoke(real, given);
      return isItself(answer) ? shown : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("ReferenceEquality") // a builder returns itself
  private boolean isItself(Object answer) {
    return answer == real;
  }

  private void look(String method, Object[] given) {
    Object last = given.length == 0 ? method : given[given.length - 1];
    if (method.startsWith("activit") && last instanceof UnaryOperator<?> change) {
      @SuppressWarnings("unchecked") // the only such parameter of these methods
      Limits mine = ((UnaryOperator<Limits>) change).apply(Limits.NONE);
      if (mine.timeout() != null) {
        limits.add(mine.timeout());
      }
    } else if (last instanceof DataConverter given2) {
      converter = given2;
    } else if (method.equals("orchestrator")) {
      orchestrators.add(new Replay.Code((OrchestratorRef<?, ?>) given[0], code(last)));
    }
  }

  @SuppressWarnings("unchecked") // the builder's methods take these two
  private static Supplier<Orchestrator<?, ?>> code(Object given) {
    return given instanceof Supplier<?> fresh
        ? (Supplier<Orchestrator<?, ?>>) fresh
        : () -> (Orchestrator<?, ?>) given;
  }
}
