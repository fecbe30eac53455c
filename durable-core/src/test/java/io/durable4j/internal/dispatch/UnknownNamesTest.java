package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.MessageId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnknownNamesTest {
  private static final Duration OLD = Duration.ofMinutes(11);
  private static final MessageId A = MessageId.derived("a");
  private static final MessageId B = MessageId.derived("b");

  private final UnknownNames names = new UnknownNames(Duration.ofMinutes(10));

  private static long minutes(int n) {
    return Duration.ofMinutes(n).toNanos();
  }

  @Test
  void what_is_old_may_just_have_come_to_the_head_of_a_long_queue() {
    assertThat(names.isNobodys("x", A, OLD, minutes(0))).isFalse();
    assertThat(names.isNobodys("x", A, OLD, minutes(4))).isFalse();
    assertThat(names.someAreNobodys(minutes(4))).isFalse();
    assertThat(names.isNobodys("x", A, OLD, minutes(5))).isTrue();
    assertThat(names.someAreNobodys(minutes(5))).isTrue();
  }

  @Test
  void others_of_a_name_that_is_nobodys_need_their_age_only() {
    names.isNobodys("x", A, OLD, minutes(0));
    names.isNobodys("x", A, OLD, minutes(5));
    assertThat(names.isNobodys("x", B, OLD, minutes(6))).isTrue();
    assertThat(names.isNobodys("x", B, Duration.ofMinutes(9), minutes(6))).isFalse();
    assertThat(names.isNobodys("y", B, OLD, minutes(6))).as("another name").isFalse();
  }

  @Test
  void a_proof_is_good_for_the_grace_time() {
    names.isNobodys("x", A, OLD, minutes(0));
    names.isNobodys("x", A, OLD, minutes(5));
    assertThat(names.someAreNobodys(minutes(14))).isTrue();
    assertThat(names.someAreNobodys(minutes(15))).isFalse();
    assertThat(names.isNobodys("x", B, OLD, minutes(15))).isFalse();
  }

  @Test
  void what_is_young_is_never_nobodys() {
    assertThat(names.isNobodys("x", A, Duration.ofMinutes(1), minutes(0))).isFalse();
    assertThat(names.isNobodys("x", A, Duration.ofMinutes(9), minutes(8))).isFalse();
  }
}
