package io.durable4j.inmemory.testing.crash;

import io.durable4j.client.DurableClient;
import java.time.Duration;
import java.time.Instant;

/** What a scenario works with: the side of the clients, which no crash of a worker touches. */
public interface Scene {
  /**
   * A client of the hub.
   *
   * @return the client; what it starts has the same ids in every run
   */
  DurableClient client();

  /**
   * Waits in virtual time, and lets everything run that becomes due meanwhile. No real time goes
   * by.
   *
   * @param time how long, not negative
   */
  void advance(Duration time);

  /**
   * The virtual clock.
   *
   * @return now
   */
  Instant now();
}
