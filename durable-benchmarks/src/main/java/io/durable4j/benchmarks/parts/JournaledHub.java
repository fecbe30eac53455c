package io.durable4j.benchmarks.parts;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceStore;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import io.durable4j.spi.WorkerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A hub with a journal, owned by one worker. */
@State(Scope.Benchmark)
public class JournaledHub {
  static final int PARTITIONS = 1;
  private static final HubSpec SPEC = new HubSpec("PartsHub", PARTITIONS);
  private static final WorkerId WORKER = new WorkerId("w");

  private @Nullable Path directory;
  private @Nullable InMemoryBackend backend;
  private @Nullable TaskHub hub;
  private @Nullable Fence fence;

  /**
   * Opens it in a new directory.
   *
   * @throws IOException when there can be none
   */
  @Setup
  public void open() throws IOException {
    Path fresh = Files.createTempDirectory("durable-parts");
    InMemoryBackend journaled = InMemoryBackend.journaled(fresh.resolve("journal"));
    journaled.create(SPEC);
    TaskHub opened = journaled.open(SPEC, new Deaf());
    PartitionRow row = opened.partitions().read().rows().get(0);
    Instant expiry = Instant.now().plusSeconds(3_600);
    PartitionRow mine =
        opened
            .partitions()
            .replace(
                new PartitionRow(0, WORKER, null, false, expiry, row.epoch() + 1, row.version()),
                row.version())
            .orElseThrow();
    fence = new Fence(0, WORKER, mine.epoch());
    directory = fresh;
    backend = journaled;
    hub = opened;
  }

  /**
   * Closes it and removes the directory.
   *
   * @throws IOException when that fails
   */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(hub).close();
    Objects.requireNonNull(backend).close();
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(directory))) {
      List<Path> childrenFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : childrenFirst) {
        Files.delete(file);
      }
    }
  }

  InstanceStore instances() {
    return Objects.requireNonNull(hub).instances();
  }

  long flushes() {
    return Objects.requireNonNull(backend).flushes();
  }

  Fence fence() {
    return Objects.requireNonNull(fence);
  }

  private static final class Deaf implements WakeUps {
    @Override
    public void ready(QueueId queue) {}

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
  }
}
