package io.durable4j.internal.dispatch;

import io.durable4j.data.DataConverter;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An activity as it was registered. */
public interface RegisteredActivity {
  /**
   * Its name in history.
   *
   * @return the name
   */
  String name();

  /**
   * Its former names, under which calls may still be on their way.
   *
   * @return the names
   */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * How long a run may take.
   *
   * @return the limit; null without one
   */
  @Nullable Duration timeout();

  /**
   * The limit of runs at a time that it shares with the rest of its registration.
   *
   * @return the cap; null without one
   */
  @Nullable Cap cap();

  /**
   * Decodes, runs, encodes.
   *
   * @param input the encoded arguments
   * @param converter turns payloads into values and back
   * @param around stands around the user's code
   * @return the encoded result
   * @throws Exception whatever the user's code throws
   */
  @Nullable Payload run(@Nullable Payload input, DataConverter converter, ActivityChain around)
      throws Exception;

  /**
   * The failure that a thrown exception is.
   *
   * @param thrown the exception
   * @return the failure
   */
  FailureDetails failure(Throwable thrown);
}
