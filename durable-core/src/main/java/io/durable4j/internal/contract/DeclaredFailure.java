package io.durable4j.internal.contract;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Failures;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checked exceptions that a contract's method declares: marked where they are thrown, rebuilt
 * where they are caught. Only declared classes are ever instantiated, never one that data names.
 */
public final class DeclaredFailure {
  private static final String PROPERTY = "durable4j.declaredAs";

  private DeclaredFailure() {}

  /**
   * The failure that an activity's exception is.
   *
   * @param thrown the exception
   * @param declared what its method declares
   * @param nonRetriable whether retry policies must not try again
   * @return the failure
   */
  public static FailureDetails of(
      Throwable thrown, List<Class<? extends Exception>> declared, boolean nonRetriable) {
    FailureDetails f = Failures.of(thrown, nonRetriable);
    for (Class<? extends Exception> type : declared) {
      if (type.isInstance(thrown)) {
        Map<String, Object> properties = new LinkedHashMap<>(f.properties());
        properties.put(PROPERTY, type.getName());
        return new FailureDetails(
            f.type(), f.message(), f.stack(), f.cause(), f.nonRetriable(), properties);
      }
    }
    return f;
  }

  /**
   * The declared exception that a failure was thrown as.
   *
   * @param declared what the method declares
   * @param failure the recorded failure
   * @return a new exception; null when it was thrown as no declared one, or that class has neither
   *     a constructor with a message nor one without arguments
   */
  public static @Nullable Throwable rebuild(
      List<Class<? extends Exception>> declared, FailureDetails failure) {
    Object name = failure.properties().get(PROPERTY);
    for (Class<? extends Exception> type : declared) {
      if (type.getName().equals(name)) {
        Throwable made = make(type, new Class<?>[] {String.class}, failure.message());
        return made != null ? made : make(type, new Class<?>[0]);
      }
    }
    return null;
  }

  private static @Nullable Throwable make(
      Class<? extends Exception> type, Class<?>[] signature, Object... arguments) {
    try {
      Constructor<? extends Exception> c = type.getDeclaredConstructor(signature);
      return c.trySetAccessible() ? c.newInstance(arguments) : null;
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      return null;
    } catch (InvocationTargetException e) {
      return null;
    }
  }
}
