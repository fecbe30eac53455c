package io.durable4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DerivedIdsTest {
  private static final int IDS = 5_000;
  private static final int THREADS = 4;

  private final DerivedIds ids = new DerivedIds();

  @Test
  void one_id_leaves_nothing_behind_for_the_next() {
    for (int i = 0; i < IDS; i++) {
      String text = "x".repeat(i % 200);
      assertThat(ids.of(text, i, null)).isEqualTo(MessageId.derived(text, i, null));
    }
  }

  @Test
  void an_answer_has_the_id_that_its_request_tells() {
    MessageId request = ids.of("request");
    assertThat(ids.answerTo(request)).isEqualTo(request.answer());
  }

  @Test
  void threads_that_derive_at_once_do_not_meet() throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    Callable<List<MessageId>> derivation =
        () -> {
          together.await();
          List<MessageId> derived = new ArrayList<>();
          for (int i = 0; i < IDS; i++) {
            derived.add(ids.of("x".repeat(i % 200), i));
          }
          return derived;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<MessageId>>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        all.add(threads.submit(derivation));
      }
      for (Future<List<MessageId>> f : all) {
        List<MessageId> derived = f.get();
        for (int i = 0; i < IDS; i++) {
          assertThat(derived.get(i)).isEqualTo(MessageId.derived("x".repeat(i % 200), i));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
