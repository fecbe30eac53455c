package io.durable4j.inmemory.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.DurableClient;
import io.durable4j.client.ResultTimeoutException;
import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.testing.DurableTest;
import io.durable4j.inmemory.testing.TestClock;
import io.durable4j.inmemory.testing.TestOptions;
import io.durable4j.inmemory.testing.TestStoppedError;
import io.durable4j.inmemory.testing.history.GoldenHistories;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class DurableExtensionTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final OrchestratorRef<String, String> ASK =
      OrchestratorRef.of("Ask", String.class, String.class);
  private static final ActivityRef<String, String> WORK =
      ActivityRef.of("Work", String.class, String.class);
  private static final EventRef<String> ANSWER = EventRef.of("answer", String.class);

  /** Run by the tests below. */
  static class Cases {
    private final List<String> did = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @RegisterExtension
    final DurableExtension durable =
        DurableExtension.with(
            TestOptions.DEFAULT,
            h ->
                h.orchestrator(
                        ASK,
                        (ctx, in) -> {
                          String answer = ctx.waitForExternalEvent(ANSWER).await();
                          return ctx.callActivity(WORK, answer).await();
                        })
                    .activity(
                        WORK,
                        in -> {
                          if (in.equals("block")) {
                            never.await();
                          }
                          did.add(in);
                          return in;
                        }));

    @BeforeEach
    void before(DurableClient client) {
      client.schedule(ASK, "x", StartOptions.id("first"));
    }

    @Test
    void isGivenWhatItAsksFor(
        DurableTest test, DurableClient client, TestClock clock, DurableHost host) {
      assertThat(test.client()).isSameAs(client);
      assertThat(test.clock()).isSameAs(clock);
      assertThat(test.host()).isSameAs(host);
      client.instance(ASK, "first").raise(ANSWER, "a");
      assertThat(client.instance(ASK, "first").result(DAY)).isEqualTo("a");
      assertThat(did).containsExactly("a");
    }

    @Test
    void hasAFreshHost(DurableClient client) {
      assertThat(client.query(q -> q).count()).isEqualTo(1);
    }

    @Test
    void fails(DurableClient client, DurableTest test) {
      test.runUntilIdle();
      throw new IllegalArgumentException("a failure of its own");
    }

    @Test
    void failsByItsWait(DurableClient client) {
      client.instance(ASK, "first").result(DAY);
    }

    @Test
    @Timeout(1)
    void isTimedOut(DurableClient client) {
      client.instance(ASK, "first").raise(ANSWER, "block");
      client.instance(ASK, "first").result(DAY);
    }

    @Test
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void runsElsewhere(DurableClient client) {
      client.instance(ASK, "first").state();
    }
  }

  private static TestExecutionResult run(String method) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectMethod(
                    Cases.class,
                    Stream.of(Cases.class.getDeclaredMethods())
                        .filter(m -> m.getName().equals(method))
                        .findFirst()
                        .orElseThrow()))
            .build();
    List<TestExecutionResult> results = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier id, TestExecutionResult result) {
                if (id.isTest()) {
                  results.add(result);
                }
              }
            });
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static Throwable failure(String method) {
    return run(method).getThrowable().orElseThrow();
  }

  @Test
  void givesParametersToTestsAndLifecycleMethods() {
    assertThat(run("isGivenWhatItAsksFor").getThrowable()).isEmpty();
    assertThat(run("hasAFreshHost").getThrowable()).isEmpty();
  }

  @Test
  void inARecordingRunOnesThatPassAreRecorded(@TempDir Path folder) throws IOException {
    System.setProperty(GoldenHistories.MODE, "record");
    System.setProperty(GoldenHistories.FOLDER, folder.toString());
    try {
      run("isGivenWhatItAsksFor");
      run("fails");
    } finally {
      System.clearProperty(GoldenHistories.MODE);
      System.clearProperty(GoldenHistories.FOLDER);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()))
          .containsExactly("Ask/Cases.isGivenWhatItAsksFor-01.json");
    }
  }

  @Test
  void aFailedTestTellsWhereItsInstancesAre() {
    Throwable thrown = failure("fails");
    assertThat(thrown).hasMessage("a failure of its own");
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0])
        .hasMessageContaining("When the test failed:")
        .hasMessageContaining("Instance first of Ask is RUNNING")
        .hasMessageContaining("Waits for event 'answer' since 2030-01-01T12:00:00Z");
  }

  @Test
  void itIsNotToldTwice() {
    Throwable thrown = failure("failsByItsWait");
    assertThat(thrown)
        .isInstanceOf(ResultTimeoutException.class)
        .hasMessageContaining("Waits for event 'answer'");
    assertThat(thrown.getSuppressed()).isEmpty();
  }

  @Test
  void aTimeoutOfTheSameThreadEndsTheWait() {
    Throwable thrown = failure("isTimedOut");
    assertThat(thrown).isInstanceOf(TimeoutException.class);
    assertThat(thrown.getSuppressed()[0])
        .isInstanceOf(TestStoppedError.class)
        .hasMessageContaining("interrupted while it waited")
        .hasMessageContaining("Waits for activity Work");
    assertThat(Thread.interrupted()).as("what is left of it").isFalse();
  }

  @Test
  void aTestOnAnotherThreadIsRefused() {
    assertThat(failure("runsElsewhere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("belongs to thread '" + Thread.currentThread().getName() + "'");
  }
}
