package io.durable4j.inmemory.testing.junit;

import io.durable4j.client.DurableClient;
import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.testing.DurableTest;
import io.durable4j.inmemory.testing.TestClock;
import io.durable4j.inmemory.testing.TestOptions;
import io.durable4j.inmemory.testing.history.GoldenHistories;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A fresh host for each test, for a field with {@code @RegisterExtension}. Test methods, and those
 * before and after each, may ask for a {@link DurableTest}, its {@link DurableClient}, its {@link
 * TestClock} or its {@link DurableHost}. A test that fails also tells where each unfinished
 * instance is. Thread-safe.
 */
public final class DurableExtension
    implements BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {
  private final TestOptions options;
  private final Consumer<? super DurableHost.Builder> host;
  private final GoldenHistories golden = GoldenHistories.ofProperties();

  private DurableExtension(TestOptions options, Consumer<? super DurableHost.Builder> host) {
    this.options = options;
    this.host = host;
  }

  /**
   * Registers a host.
   *
   * @param host registers what the tests need; called for each test
   * @return the extension
   */
  public static DurableExtension with(Consumer<? super DurableHost.Builder> host) {
    return with(TestOptions.DEFAULT, host);
  }

  /**
   * Registers a host.
   *
   * @param options how the tests run
   * @param host registers what the tests need; called for each test
   * @return the extension
   */
  public static DurableExtension with(
      TestOptions options, Consumer<? super DurableHost.Builder> host) {
    return new DurableExtension(options, host);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    store(context).put(DurableTest.class, DurableTest.with(options, host));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    DurableTest test = store(context).remove(DurableTest.class, DurableTest.class);
    if (test != null) {
      try (test) {
        if (context.getExecutionException().isEmpty()) {
          golden.record(test.client(), nameOf(context));
        }
      }
    }
  }

  private static String nameOf(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName()
        + "."
        + context.getRequiredTestMethod().getName();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    DurableTest test = find(context);
    String where = test == null ? "" : explain(test);
    if (!where.isEmpty() && !String.valueOf(thrown.getMessage()).contains(where)) {
      thrown.addSuppressed(new Unfinished(where));
    }
    throw thrown;
  }

  private static String explain(DurableTest test) {
    try {
      return test.explain();
    } catch (RuntimeException e) {
      return "Where its instances are cannot be told: " + e;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == DurableTest.class
        || type == DurableClient.class
        || type == TestClock.class
        || type == DurableHost.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    DurableTest test = find(context);
    if (test == null) {
      throw new IllegalStateException(
          "There is a host for each test method, and none for "
              + parameter.getDeclaringExecutable());
    }
    Class<?> type = parameter.getParameter().getType();
    if (type == DurableClient.class) {
      return test.client();
    } else if (type == TestClock.class) {
      return test.clock();
    }
    return type == DurableHost.class ? test.host() : test;
  }

  private @Nullable DurableTest find(ExtensionContext context) {
    return store(context).get(DurableTest.class, DurableTest.class);
  }

  private ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(ExtensionContext.Namespace.create(this));
  }

  /** Where the instances of a failed test are. */
  private static final class Unfinished extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfinished(String where) {
      super("When the test failed:\n" + where, null, false, false);
    }
  }
}
