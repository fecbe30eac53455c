package io.durable4j.azurestorage.sdk;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.rest.Response;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls of one service: what each throws is told in the words of the ports, and each answer tells
 * the service's time.
 */
final class Calls {
  private final Failures failures;
  private final ServiceClock clock;
  private final CallLimit limit;
  private volatile boolean answered;

  Calls(Failures failures, ServiceClock clock, CallLimit limit) {
    this.failures = failures;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * A refusal that a caller awaits, and what it means there.
   *
   * @param <T> the type of the result
   */
  @FunctionalInterface
  interface Expected<T> {
    /** What the refusal means; throws the failure that it is where it means nothing. */
    T mean(Refusal refusal, Supplier<RuntimeException> failure);

    /** One error code. */
    static <T> Expected<T> code(String code, T result) {
      return (refusal, failure) -> {
        if (refusal.code().equals(code)) {
          return result;
        }
        throw failure.get();
      };
    }

    /** Either of two error codes. */
    static <T> Expected<T> codes(String code, String other, T result) {
      return (refusal, failure) -> {
        if (refusal.code().equals(code) || refusal.code().equals(other)) {
          return result;
        }
        throw failure.get();
      };
    }

    /** None. */
    static <T> Expected<T> nothing() {
      return (refusal, failure) -> {
        throw failure.get();
      };
    }
  }

  /** Makes a call whose refusal may mean something. */
  <R extends Response<?>, T> T run(
      String resource, Supplier<R> request, Function<R, T> result, Expected<T> expected) {
    return limit.within(() -> made(resource, request, result, expected));
  }

  private <R extends Response<?>, T> T made(
      String resource, Supplier<R> request, Function<R, T> result, Expected<T> expected) {
    Instant begun = clock.local();
    try {
      R response = request.get();
      answered = true;
      clock.saw(begun, response.getHeaders());
      return result.apply(response);
    } catch (HttpResponseException e) {
      answered |= e.getResponse() != null;
      return expected.mean(Refusal.of(e), () -> failures.of(resource, e, answered));
    } catch (RuntimeException e) {
      throw failures.of(resource, e, answered);
    }
  }

  /** The refusal of a call that the service would refuse. */
  RuntimeException refused(String resource, String why) {
    return failures.refused(resource, why);
  }

  /** Makes a call that succeeds or fails. */
  <R extends Response<?>, T> T run(String resource, Supplier<R> request, Function<R, T> result) {
    return run(resource, request, result, Expected.nothing());
  }
}
