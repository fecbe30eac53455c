package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import io.durable4j.internal.observe.EngineEvent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationWatchTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final InstanceId COUNTER = new InstanceId("@counter@a");

  private final List<EngineEvent> told = new ArrayList<>();
  private int interrupts;
  private long nanos;
  private long looksUntil;

  /** Each wait of the loop takes as long as it asks for, until the test's time is over. */
  private final class Clock implements Signal {
    @Override
    public void raise() {
      // the loop does not run meanwhile
    }

    @Override
    public boolean await(long untilNanos) {
      if (untilNanos > looksUntil) {
        nanos = looksUntil;
        watch.stop();
      } else {
        nanos = untilNanos;
      }
      return true;
    }
  }

  private final Clock clock = new Clock();
  private final Drive drive =
      (Drive)
          Proxy.newProxyInstance(
              Drive.class.getClassLoader(),
              new Class<?>[] {Drive.class},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "nanos" -> nanos;
                    case "signal" -> clock;
                    case "interrupter" -> (Runnable) this::interrupt;
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
  private final OperationWatch watch = new OperationWatch(drive, told::add, TIMEOUT);

  private void interrupt() {
    interrupts++;
    Thread.currentThread().interrupt();
  }

  @AfterEach
  void noInterruptIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private void watchFor(Duration time) {
    looksUntil = nanos + time.toNanos();
    watch.run();
  }

  @Test
  void an_operation_in_time_is_left_alone() {
    OperationWatch.OfTurn turn = watch.watch(COUNTER);
    turn.begins("add");
    watchFor(TIMEOUT.minusNanos(1));
    assertThat(turn.ended()).isFalse();
    assertThat(interrupts).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void an_operation_over_its_time_is_interrupted_and_known() {
    OperationWatch.OfTurn turn = watch.watch(COUNTER);
    turn.begins("add");
    watchFor(TIMEOUT);
    assertThat(interrupts).isEqualTo(1);
    assertThat(told).containsExactly(new EngineEvent.OperationTimedOut(COUNTER, "add"));
    assertThat(turn.ended()).as("whether it was over its time").isTrue();
  }

  @Test
  void one_that_goes_on_all_the_same_is_told_of_again() {
    OperationWatch.OfTurn turn = watch.watch(COUNTER);
    turn.begins("add");
    watchFor(TIMEOUT.multipliedBy(3));
    assertThat(told).hasSize(3);
    assertThat(turn.ended()).isTrue();
  }

  @Test
  void one_that_has_ended_is_not_interrupted() {
    OperationWatch.OfTurn turn = watch.watch(COUNTER);
    turn.begins("add");
    assertThat(turn.ended()).isFalse();
    watchFor(TIMEOUT.multipliedBy(2));
    assertThat(interrupts).isZero();
  }

  @Test
  void without_a_limit_nothing_is_watched() {
    OperationWatch.OfTurn turn = new OperationWatch(drive, told::add, Duration.ZERO).watch(COUNTER);
    turn.begins("add");
    watchFor(TIMEOUT.multipliedBy(2));
    assertThat(turn.ended()).isFalse();
    assertThat(told).isEmpty();
  }
}
