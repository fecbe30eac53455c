package io.durable4j.inmemory.testing.crash;

import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.ResultTimeoutException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a scenario ended. */
sealed interface End {
  /** It returned. */
  record Returned(@Nullable Object value) implements End {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** It threw. */
  record Threw(String what, Throwable thrown) implements End {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Threw t && t.what.equals(what);
    }

    @Override
    public int hashCode() {
      return Objects.hash(what);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /** It waits for what does not come. */
  record Stuck(String explanation) implements End {
    @Override
    public String toString() {
      return "still waiting";
    }
  }

  static End of(Throwable thrown) {
    if (thrown instanceof ResultTimeoutException e) {
      return new Stuck(String.valueOf(e.getMessage()));
    }
    if (thrown instanceof OrchestrationFailedException e) {
      return new Threw(e.status() + ", " + e.failure(), e);
    }
    return new Threw(thrown.toString(), thrown);
  }
}
