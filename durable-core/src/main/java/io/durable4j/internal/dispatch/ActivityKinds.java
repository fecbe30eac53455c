package io.durable4j.internal.dispatch;

import io.durable4j.activity.ActivityFunction;
import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Limits;
import io.durable4j.activity.NonRetriableException;
import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.internal.contract.Contract;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.internal.contract.DeclaredFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two ways to register an activity: a method of a contract, or a function with a reference. */
public final class ActivityKinds {
  private ActivityKinds() {}

  /**
   * The activities of a contract.
   *
   * @param type the interface
   * @param target does the work
   * @param limits their limits
   * @return one activity a method
   */
  public static List<RegisteredActivity> ofContract(Class<?> type, Object target, Limits limits) {
    Contract contract = Contract.of(type);
    if (!type.isInstance(target)) {
      throw new DurableException(
          target.getClass().getName() + " does not implement " + type.getName());
    }
    Cap cap = Cap.of(limits);
    return contract.methods().stream()
        .map(m -> (RegisteredActivity) new OfMethod(accessible(m), target, limits, cap))
        .toList();
  }

  private static ContractMethod accessible(ContractMethod m) {
    if (!m.method().trySetAccessible()) {
      throw new DurableException(
          m.method().getDeclaringClass().getName()
              + " is not accessible to the engine; make it public in an exported package, or open"
              + " its package, or use an ActivityRef");
    }
    return m;
  }

  /**
   * An activity with a reference.
   *
   * @param ref its contract
   * @param code does the work
   * @param limits its limits
   * @return the activity
   */
  public static RegisteredActivity ofFunction(
      ActivityRef<?, ?> ref, ActivityFunction<?, ?> code, Limits limits) {
    return new OfFunction(ref, code, limits, Cap.of(limits));
  }

  private static boolean nonRetriable(Throwable thrown) {
    return thrown instanceof NonRetriableException || thrown instanceof PayloadException;
  }

  private record OfMethod(ContractMethod method, Object target, Limits limits, @Nullable Cap cap)
      implements RegisteredActivity {
    @Override
    public String name() {
      return method.name();
    }

    @Override
    public List<String> aliases() {
      return method.aliases();
    }

    @Override
    public @Nullable Duration timeout() {
      return limits.timeout();
    }

    @Override
    public @Nullable Payload run(
        @Nullable Payload input, DataConverter converter, ActivityChain around) throws Exception {
      Object[] arguments = converter.fromArguments(input, method.parameters()).toArray();
      refuseMissingPrimitives(arguments);
      return converter.toPayload(around.run(Arrays.asList(arguments), () -> invoke(arguments)));
    }

    private @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
      try {
        return method.method().invoke(target, arguments);
      } catch (InvocationTargetException e) {
        Throwable thrown = e.getTargetException();
        if (thrown instanceof Exception x) {
          throw x;
        }
        throw (Error) thrown;
      }
    }

    private void refuseMissingPrimitives(@Nullable Object[] arguments) {
      List<Type> types = method.parameters();
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] == null && types.get(i) instanceof Class<?> c && c.isPrimitive()) {
          throw new PayloadException(
              "Argument " + (i + 1) + " is missing; it is a " + c.getName(), null);
        }
      }
    }

    @Override
    public FailureDetails failure(Throwable thrown) {
      return DeclaredFailure.of(thrown, method.declared(), nonRetriable(thrown));
    }
  }

  private record OfFunction(
      ActivityRef<?, ?> ref, ActivityFunction<?, ?> code, Limits limits, @Nullable Cap cap)
      implements RegisteredActivity {
    @Override
    public String name() {
      return ref.name();
    }

    @Override
    public @Nullable Duration timeout() {
      return limits.timeout();
    }

    @Override
    public @Nullable Payload run(
        @Nullable Payload input, DataConverter converter, ActivityChain around) throws Exception {
      List<@Nullable Object> arguments =
          converter.fromArguments(input, List.of(ref.input().type()));
      return converter.toPayload(around.run(arguments, () -> call(code, arguments.get(0))));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the reference and the code fit
    private static @Nullable Object call(ActivityFunction<?, ?> code, @Nullable Object argument)
        throws Exception {
      return ((ActivityFunction<@Nullable Object, @Nullable Object>) code).run(argument);
    }

    @Override
    public FailureDetails failure(Throwable thrown) {
      return DeclaredFailure.of(thrown, List.of(), nonRetriable(thrown));
    }
  }
}
