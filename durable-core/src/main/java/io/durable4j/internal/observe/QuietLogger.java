package io.durable4j.internal.observe;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.spi.NOPLoggingEventBuilder;

/** Makes loggers that are silent while a condition holds. */
public final class QuietLogger {
  private QuietLogger() {}

  /**
   * Wraps a logger.
   *
   * @param log the logger
   * @param quiet when to be silent
   * @return the logger
   */
  public static Logger of(Logger log, BooleanSupplier quiet) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          if (quiet.getAsBoolean()) {
            Class<?> answer = method.getReturnType();
            if (answer == void.class) {
              return null;
            }
            if (answer == boolean.class) {
              return false;
            }
            if (answer.isAssignableFrom(NOPLoggingEventBuilder.class) && answer != Object.class) {
              return NOPLoggingEventBuilder.singleton();
            }
          }
          try {
            return method.invoke(log, args);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        };
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, handler);
  }
}
