package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.spi.StorageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanoutTest {
  private static final List<Integer> MANY = IntStream.range(0, 100).boxed().toList();

  @Test
  void allIsDoneWhoeverHelps() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Integer> twice = new Fanout(pool, Runnable::run).map(MANY, i -> 2 * i);
      assertThat(twice).containsExactlyElementsOf(MANY.stream().map(i -> 2 * i).toList());
    } finally {
      pool.shutdown();
    }
    assertThat(new Fanout(r -> {}, Runnable::run).map(MANY, i -> i)).isEqualTo(MANY);
    Fanout refusing =
        new Fanout(
            r -> {
              throw new RejectedExecutionException();
            },
            Runnable::run);
    assertThat(refusing.map(MANY, i -> i)).isEqualTo(MANY);
    assertThat(refusing.map(List.<Integer>of(), i -> i)).isEmpty();
  }

  @Test
  void callsAreMadeAtOnce() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    CountDownLatch met = new CountDownLatch(4);
    try {
      new Fanout(pool, Runnable::run)
          .each(
              MANY.subList(0, 4),
              i -> {
                met.countDown();
                try {
                  assertThat(met.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    } finally {
      pool.shutdown();
    }
    assertThat(met.getCount()).isZero();
  }

  @Test
  void whatMayWaitIsDoneAsideWhenItsMomentHasCome() {
    List<Runnable> waiting = new ArrayList<>();
    List<Runnable> aside = new ArrayList<>();
    List<String> done = new ArrayList<>();
    Fanout fanout = new Fanout(aside::add, waiting::add);
    fanout.later(() -> done.add("a"));
    assertThat(aside).isEmpty();
    waiting.get(0).run();
    assertThat(done).isEmpty();
    aside.get(0).run();
    assertThat(done).containsExactly("a");
  }

  @Test
  void whereNothingCanWaitItIsDoneAtOnce() {
    Executor refusing =
        r -> {
          throw new RejectedExecutionException();
        };
    List<String> done = new ArrayList<>();
    new Fanout(refusing, refusing).later(() -> done.add("a"));
    assertThat(done).containsExactly("a");
  }

  @Test
  void eachIsTriedAndTheFirstFailureThrown() {
    List<Integer> tried = Collections.synchronizedList(new ArrayList<>());
    Fanout alone = new Fanout(Runnable::run, Runnable::run);
    assertThatThrownBy(
            () ->
                alone.each(
                    MANY,
                    i -> {
                      tried.add(i);
                      if (i % 40 == 3) {
                        throw new StorageException("at " + i, null);
                      }
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessage("at 3")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    assertThat(tried).isEqualTo(MANY);
  }

  @Test
  void anErrorOfAHelperReachesTheCaller() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Thread caller = Thread.currentThread();
    CountDownLatch helped = new CountDownLatch(1);
    try {
      Fanout fanout = new Fanout(pool, Runnable::run);
      assertThatThrownBy(
              () ->
                  fanout.each(
                      MANY,
                      i -> {
                        if (Thread.currentThread() != caller) {
                          helped.countDown();
                          throw new Plug.Pulled("helper");
                        }
                        try {
                          assertThat(helped.await(30, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                      }))
          .isInstanceOf(Plug.Pulled.class);
    } finally {
      pool.shutdown();
    }
  }
}
