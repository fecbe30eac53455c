package io.durable4j.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void coefficients_below_one_are_refused(double coefficient) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.of(2, SECOND).backoff(coefficient, SECOND))
        .withMessageContaining("coefficient");
  }

  @Test
  void counts_and_durations_out_of_range_are_refused() {
    Duration less = Duration.ofNanos(-1);
    assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.of(0, SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.of(1, less));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.of(1, SECOND).backoff(1, less));
    assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.of(1, SECOND).within(less));
    RetryPolicy.of(1, Duration.ZERO).backoff(1, Duration.ZERO).within(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1S, 1, PT1H, 5, PT1S", "PT1S, 2, PT1H, 1, PT1S", "PT1S, 2, PT1H, 4, PT8S",
    "PT1S, 2, PT5S, 4, PT5S", "PT0.1S, 1.5, PT1H, 3, PT0.225S", "PT10S, 1, PT5S, 1, PT5S",
    "PT1S, 2, PT1H, 1000000, PT1H", "PT0S, 9, PT1H, 1000000, PT0S", "PT0.3S, 1, PT1H, 1, PT0.3S"
  })
  void the_wait_grows_by_the_coefficient_up_to_the_longest(
      Duration first, double coefficient, Duration longest, int attempt, Duration wait) {
    RetryPolicy policy = RetryPolicy.of(9, first).backoff(coefficient, longest);
    assertThat(policy.delayAfter(attempt)).isEqualTo(wait);
  }

  @Test
  void huge_durations_do_not_overflow() {
    assertThat(RetryPolicy.of(3, SECOND).backoff(2, HUGE).delayAfter(2))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(RetryPolicy.of(3, HUGE).backoff(2, SECOND).delayAfter(2)).isEqualTo(SECOND);
  }

  @Test
  void options_refuse_contradictions() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CallOptions(
                    RetryPolicy.of(1, SECOND), a -> Optional.empty(), null, Map.of(), null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallOptions.DEFAULT.withTimeout(Duration.ZERO));
  }
}
