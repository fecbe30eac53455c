package io.durable4j.azurestorage.chaos;

import io.durable4j.activity.ActivityContext;
import io.durable4j.activity.ActivityRef;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker runs. */
final class Code {
  /** More characters than a message may have. */
  static final int LARGE = 50_000;

  static final EventRef<Integer> NUMBER = EventRef.of("number", Integer.class);

  /** Counts what a client starts. */
  static final EntityId<Tally> STARTS = EntityId.of(Tally.class, "starts");

  /** Counts the calls of all {@link Mix#COUNT}. */
  static final EntityId<Tally> CALLS = EntityId.of(Tally.class, "calls");

  private static final int COUNTERS = 3;
  private static final int ACCOUNTS = 10;
  private static final int FAILURES = 2;

  private static final ActivityRef<Integer, Integer> ADD_ONE =
      ActivityRef.of("addOne", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Integer> TRIPLE =
      ActivityRef.of("triple", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Integer> FLAKY =
      ActivityRef.of("flaky", Integer.class, Integer.class);
  private static final ActivityRef<Integer, String> TEXT =
      ActivityRef.of("text", Integer.class, String.class);
  private static final ActivityRef<String, Integer> LENGTH =
      ActivityRef.of("length", String.class, Integer.class);
  private static final OrchestratorRef<Integer, Integer> CHILD =
      OrchestratorRef.of("child", Integer.class, Integer.class);

  private final Path attempts;

  /** Code whose failing activity notes its attempts in a directory that all workers share. */
  Code(Path attempts) {
    this.attempts = attempts;
  }

  /** An entity that {@link Mix#COUNT} signals. */
  static EntityId<Tally> signalled(int n) {
    return EntityId.of(Tally.class, "signalled-" + n % COUNTERS);
  }

  /** An account of {@link Mix#TRANSFER}. */
  static EntityId<Tally> account(int n) {
    return EntityId.of(Tally.class, "account-" + n % ACCOUNTS);
  }

  /** The input of {@link Mix#ETERNAL} for a number. */
  static int withContinuations(int n) {
    return 10 * n + 3;
  }

  DurableHost.Builder on(DurableHost.Builder host) {
    return host.activity(ADD_ONE, n -> n + 1)
        .activity(TRIPLE, n -> 3 * n)
        .activity(FLAKY, this::flaky)
        .activity(TEXT, n -> "x".repeat(LARGE + n))
        .activity(LENGTH, String::length)
        .entity(Tally.class, Tally.Code::new)
        .orchestrator(CHILD, (ctx, n) -> ctx.callActivity(ADD_ONE, n).await())
        .orchestrator(Mix.CHAIN.ref(), Code::chain)
        .orchestrator(Mix.FAN_OUT.ref(), Code::fanOut)
        .orchestrator(Mix.TIMER.ref(), Code::timer)
        .orchestrator(Mix.EVENTS.ref(), Code::events)
        .orchestrator(Mix.FAMILY.ref(), Code::family)
        .orchestrator(Mix.ETERNAL.ref(), Code::eternal)
        .orchestrator(Mix.TRANSFER.ref(), Code::transfer)
        .orchestrator(Mix.COUNT.ref(), Code::count)
        .orchestrator(Mix.RETRY.ref(), Code::retry)
        .orchestrator(Mix.LARGE.ref(), Code::large);
  }

  /** Fails at its first attempts, in whatever process they are. */
  private int flaky(int n) throws IOException {
    for (int attempt = 0; attempt < FAILURES; attempt++) {
      try {
        Files.createFile(attempts.resolve(ActivityContext.current().instanceId() + "." + attempt));
      } catch (FileAlreadyExistsException e) {
        continue; // an earlier attempt
      }
      throw new IllegalStateException("attempt " + attempt);
    }
    return n + 1;
  }

  private static int chain(OrchestrationContext ctx, int n) {
    int one = ctx.callActivity(ADD_ONE, n).await();
    int two = ctx.callActivity(TRIPLE, one).await();
    return ctx.callActivity(ADD_ONE, two).await();
  }

  private static int fanOut(OrchestrationContext ctx, int n) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(ctx.callActivity(ADD_ONE, n + i));
    }
    return sum(ctx.allOf(tasks).await());
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  private static int timer(OrchestrationContext ctx, int n) {
    int one = ctx.callActivity(ADD_ONE, n).await();
    ctx.sleep(Duration.ofMillis(500 + 100L * n));
    return ctx.callActivity(ADD_ONE, one).await();
  }

  private static int events(OrchestrationContext ctx, int n) {
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += ctx.waitForExternalEvent(NUMBER).await();
    }
    return ctx.callActivity(ADD_ONE, sum).await();
  }

  private static int family(OrchestrationContext ctx, int n) {
    return sum(
        ctx.allOf(List.of(ctx.callSubOrchestrator(CHILD, n), ctx.callSubOrchestrator(CHILD, n)))
            .await());
  }

  /** The last digit says how many continuations are left, the others count them. */
  private static @Nullable Integer eternal(OrchestrationContext ctx, int n) {
    if (n % 10 == 0) {
      return n / 10;
    }
    return ctx.continueAsNew(ctx.callActivity(ADD_ONE, n).await() + 8);
  }

  private static int transfer(OrchestrationContext ctx, int n) throws Exception {
    Tally from = ctx.entity(account(n));
    Tally to = ctx.entity(account(n + 1));
    return ctx.lock(account(n), account(n + 1))
        .call(
            () -> {
              int before = from.add(0) + to.add(0);
              return from.add(-n) + to.add(n) - before;
            });
  }

  private static int count(OrchestrationContext ctx, int n) {
    ctx.signal(() -> ctx.entity(signalled(n)).add(n));
    ctx.entity(CALLS).add(1);
    return n;
  }

  private static int retry(OrchestrationContext ctx, int n) {
    RetryPolicy often = RetryPolicy.of(2 * FAILURES, Duration.ofMillis(100));
    return ctx.callActivity(FLAKY, n, CallOptions.retry(often)).await();
  }

  private static int large(OrchestrationContext ctx, int n) {
    return ctx.callActivity(LENGTH, ctx.callActivity(TEXT, n).await()).await();
  }
}
