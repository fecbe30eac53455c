package io.durable4j.azurestorage.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.durable4j.azurestorage.account.Account;
import io.durable4j.spi.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** How many calls are made at a time. */
@Timeout(60)
class CallLimitTest {
  @Test
  void noMoreThanItsNumberAreUnderWay() throws Exception {
    CallLimit limit = new CallLimit("Queue", 2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int n = i;
        all.add(
            pool.submit(
                () ->
                    limit.within(
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          passed(gate);
                          now.decrementAndGet();
                          return n;
                        })));
      }
      while (limit.waiting() < 4) {
        Thread.onSpinWait();
      }
      gate.countDown();
      for (int i = 0; i < 6; i++) {
        assertThat(all.get(i).get()).isEqualTo(i);
      }
      assertThat(most).hasValue(2);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void passed(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallThatFailsMakesRoomForTheNext() {
    CallLimit limit = new CallLimit("Queue", 1);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  limit.within(
                      () -> {
                        throw new IllegalArgumentException("no");
                      }))
          .hasMessage("no");
    }
  }

  /** Where a service does not answer, the call behind fifty others must end as well. */
  @Test
  void whoFindsNoRoomIsToldInTime() {
    CallLimit limit = new CallLimit("Queue", 1, Duration.ofMillis(1));
    String made =
        limit.within(
            () -> {
              assertThatThrownBy(() -> limit.within(() -> "second"))
                  .isInstanceOf(StorageException.class)
                  .hasMessageContaining("Queue service")
                  .hasMessageContaining("1 are under way (maxStorageOperationConcurrency)")
                  .hasMessageContaining("not made");
              return "first";
            });
    assertThat(made).isEqualTo("first");
    assertThat(limit.<String>within(() -> "third")).isEqualTo("third");
  }

  @Test
  void whoIsInterruptedMakesNoCall() {
    CallLimit limit = new CallLimit("Queue", 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                limit.within(
                    () -> {
                      throw new AssertionError("made");
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("not made");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Does something within the first call of a table, which waits for it. */
  private record Within(AtomicReference<Runnable> what) implements HttpPipelinePolicy {
    @Override
    public Mono<HttpResponse> process(
        HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
      return next.process(); // as blobs are called
    }

    @Override
    public HttpResponse processSync(
        HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
      what.getAndSet(() -> {}).run();
      return next.processSync();
    }
  }

  @Test
  void ownershipAndOtherServicesDoNotWait() {
    try (StubService service = new StubService()) {
      service.json(404, "ResourceNotFound");
      AtomicReference<Runnable> within = new AtomicReference<>(() -> {});
      Account account =
          new SdkAccount(
              SdkServices.of(service.withKey(), name -> List.of(new Within(within))),
              InstantSource.system(),
              1);
      within.set(
          () -> {
            assertThat(account.urgentTables().get("t", "p", "r")).isNull();
            assertThatThrownBy(() -> account.blobs().get("c", "b"))
                .hasMessageContaining("Blob service");
          });
      assertThat(account.tables().get("t", "p", "r")).isNull();
      assertThat(service.calls()).isEqualTo(3);
    }
  }
}
