package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.ActivityRef;
import io.durable4j.client.InstanceHandle;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.HostOnDrive;
import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.internal.observe.EngineEvent;
import io.durable4j.orchestration.OrchestratorRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a disk that is full for an hour: it backs off, and goes on when there is room. */
class FullDiskTest {
  private static final OrchestratorRef<Integer, Integer> SUM =
      OrchestratorRef.of("Sum", Integer.class, Integer.class);
  private static final ActivityRef<Integer, Integer> INC =
      ActivityRef.of("Inc", Integer.class, Integer.class);

  @TempDir private Path dir;

  @Test
  void goesOnWhenThereIsRoomAgain() {
    ControlledDrive.run(Chooser.fifo(), Instant.parse("2026-01-01T00:00:00Z"), this::run);
  }

  private void run(ControlledDrive drive) throws InterruptedException {
    TestFiles files = new TestFiles(false);
    List<Integer> ran = new ArrayList<>();
    List<EngineEvent> events = new ArrayList<>();
    try (InMemoryBackend backend =
        InMemoryBackend.journaled(dir, Settings.of(drive.clock()), files)) {
      DurableHost.Builder builder =
          DurableHost.on(backend)
              .orchestrator(
                  SUM,
                  (ctx, n) -> {
                    int sum = 0;
                    for (int i = 0; i < n; i++) {
                      sum = ctx.callActivity(INC, sum).await();
                    }
                    return sum;
                  })
              .activity(
                  INC,
                  n -> {
                    ran.add(n);
                    if (n == 1) {
                      files.space(0);
                    }
                    return n + 1;
                  });
      DurableHost host = HostOnDrive.start(builder, drive, events::add);
      InstanceHandle<Integer> i = host.client().schedule(SUM, 3);
      drive.sleep(Duration.ofHours(1));
      assertThat(i.state().status()).isEqualTo(OrchestrationStatus.RUNNING);
      assertThat(events).anyMatch(e -> e instanceof EngineEvent.StorageFailed);
      assertThat(ran).as("nothing runs ahead of the disk").containsExactly(0, 1);
      files.space(Long.MAX_VALUE);
      assertThat(i.result(Duration.ofMinutes(5))).isEqualTo(3);
      assertThat(ran).as("the finished activity did not run again").containsExactly(0, 1, 2);
    }
  }
}
