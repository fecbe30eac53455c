package io.durable4j.azurestorage.sdk;

import io.durable4j.azurestorage.account.Waiting;
import io.durable4j.fixtures.azurite.Azurite;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits for a server; tells when it was the server that did not answer. */
record RealTime(Azurite azurite) implements Waiting {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PROBE = Duration.ofSeconds(2);

  @Override
  public void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) { // each look is a call, which is pause enough
      if (System.nanoTime() > end) {
        String whose =
            azurite.queuesAnswer(PROBE) ? "" : "Azurite stalls, not the code under test: ";
        Assertions.fail(whose + "not within a minute: " + what);
      }
    }
  }

  @Override
  public Duration precision() {
    return Duration.ofSeconds(1);
  }
}
