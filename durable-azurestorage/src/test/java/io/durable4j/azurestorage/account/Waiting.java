package io.durable4j.azurestorage.account;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How a contract lets the account's time go on. */
public interface Waiting {
  /** Goes on until something holds; fails when it does not within a minute of the account's. */
  void until(String what, BooleanSupplier holds);

  /** How far the account's clock may be from the time that a test sees. */
  Duration precision();
}
