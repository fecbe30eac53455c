package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private final AtomicInteger freed = new AtomicInteger();
  private final Permits permits = new Permits(4, freed::incrementAndGet);

  @Test
  void as_many_are_taken_as_there_are() {
    assertThat(permits.take(3)).isEqualTo(3);
    assertThat(permits.take(3)).isEqualTo(1);
    assertThat(permits.take(1)).isZero();
    assertThat(permits.takeShared(1)).isZero();
    permits.give(2);
    permits.give(0);
    assertThat(freed).hasValue(1);
    assertThat(permits.takeShared(5)).isEqualTo(2);
  }

  @Test
  void every_second_freed_permit_is_kept_for_the_shared_queue_while_it_has_work() {
    permits.take(4);
    permits.sharedHasWork(true);
    permits.give(4);
    assertThat(permits.take(4)).isEqualTo(2);
    assertThat(permits.takeShared(4)).isEqualTo(2);
    int claimed = 0;
    int shared = 0;
    for (int i = 0; i < 100; i++) {
      permits.give(1);
      claimed += permits.take(1);
      shared += permits.takeShared(1);
    }
    assertThat(claimed).isEqualTo(50);
    assertThat(shared).isEqualTo(50);
  }

  @Test
  void kept_permits_are_free_again_when_the_shared_queue_is_empty() {
    permits.take(4);
    permits.sharedHasWork(true);
    permits.give(4);
    permits.sharedHasWork(false);
    assertThat(permits.take(4)).isEqualTo(4);
    permits.give(4);
    assertThat(permits.take(4)).isEqualTo(4);
  }

  @Test
  void a_freed_permit_is_told_of_only_while_the_shared_queue_has_work() {
    permits.take(4);
    permits.give(1);
    assertThat(freed).hasValue(0);
    permits.take(1);
    permits.takeShared(1);
    permits.give(1);
    assertThat(freed).hasValue(1);
    permits.sharedHasWork(false);
    permits.give(1);
    assertThat(freed).hasValue(1);
    permits.sharedHasWork(true);
    permits.give(1);
    assertThat(freed).hasValue(2);
  }

  @Test
  void none_can_be_given_that_was_not_taken() {
    permits.take(1);
    assertThatThrownBy(() -> permits.give(2)).isInstanceOf(IllegalStateException.class);
  }
}
