package io.durable4j.internal.controlled;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The virtual threads of newer runtimes, which the compiler's target does not know. */
final class VirtualThreads {
  private static final int VIRTUAL_FROM = 21;

  private VirtualThreads() {}

  static boolean exist() {
    return Runtime.version().feature() >= VIRTUAL_FROM;
  }

  /** Starts a virtual thread on the runtime's own scheduler. */
  static MethodHandle starter() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java runtime should have virtual threads", e);
    }
  }

  static void start(MethodHandle starter, Runnable task) {
    try {
      Thread unused = (Thread) starter.invokeExact(task);
    } catch (Throwable e) {
      throw new IllegalStateException("Cannot start a virtual thread", e);
    }
  }

  /**
   * Creates virtual threads on a given executor, which the runtime offers to itself only: null
   * unless the JVM was started with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
   */
  static @Nullable MethodHandle factory() {
    try {
      Method m =
          Class.forName("java.lang.ThreadBuilders")
              .getDeclaredMethod(
                  "newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
      return m.trySetAccessible() ? MethodHandles.lookup().unreflect(m) : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  static Thread create(MethodHandle factory, Executor executor, Runnable task) {
    try {
      return (Thread) factory.invokeExact(executor, (String) null, 0, task);
    } catch (Throwable e) {
      throw new IllegalStateException("Cannot create a virtual thread", e);
    }
  }
}
