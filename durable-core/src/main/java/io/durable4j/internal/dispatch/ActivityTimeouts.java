package io.durable4j.internal.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long runs of activities may take at this worker.
 *
 * @param usual where neither the call nor the registration says so; null without a limit
 * @param longest whoever says otherwise; null without a bound
 */
public record ActivityTimeouts(@Nullable Duration usual, @Nullable Duration longest) {
  /** The call's word counts before the registration's; nobody's goes beyond the longest. */
  @Nullable Duration of(@Nullable Duration call, @Nullable Duration registered) {
    Duration own = call != null ? call : registered;
    Duration wanted = own != null ? own : usual;
    if (longest == null || (wanted != null && wanted.compareTo(longest) <= 0)) {
      return wanted;
    }
    return longest;
  }
}
