package io.durable4j.azurestorage.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The workers of a run, and what happens to them. */
final class Workers implements AutoCloseable {
  static final int COUNT = 2;

  private static final int LIMIT_SECONDS = 60;
  private static final int TOLD_LINES = 1_000;

  private final HubView hub;
  private final String connectionString;
  private final Path directory;
  private final List<WorkerProcess> processes = new ArrayList<>();
  private final Semaphore steps = new Semaphore(0);
  private int kills;
  private int freezes;

  private Workers(HubView hub, String connectionString, Path directory) {
    this.hub = hub;
    this.connectionString = connectionString;
    this.directory = directory;
  }

  /**
   * Starts them.
   *
   * @param hub tells who owns what
   * @param connectionString how they reach it
   * @param directory for files of theirs
   */
  static Workers start(HubView hub, String connectionString, Path directory) throws IOException {
    Workers workers = new Workers(hub, connectionString, directory);
    for (int i = 0; i < COUNT; i++) {
      workers.processes.add(workers.launch(i));
    }
    return workers;
  }

  private WorkerProcess launch(int worker) throws IOException {
    return WorkerProcess.start(connectionString, directory, log(worker), steps::release);
  }

  private Path log(int worker) {
    return directory.resolve("worker-" + worker + ".log");
  }

  /** Counts steps from now on. */
  void noteSteps() {
    steps.drainPermits();
  }

  /** Waits for the time of a blow, and deals it. */
  void suffer(Blow blow) throws Exception {
    WorkerProcess worker = processes.get(blow.worker());
    String name = worker.name();
    if (blow.freeze()) {
      hub.awaitOwner(name);
    }
    if (!steps.tryAcquire(blow.after(), LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The workers stand still before " + blow);
    }
    if (!worker.isAlive()) {
      throw new AssertionError(worker + " has ended by itself");
    }
    if (blow.freeze()) {
      freeze(worker, processes.get(1 - blow.worker()));
    } else {
      worker.kill();
      kills++;
      processes.set(blow.worker(), launch(blow.worker()));
    }
  }

  /** Past its leases, which is when the other one has all that it owned. */
  private void freeze(WorkerProcess worker, WorkerProcess other) throws Exception {
    String heir = other.name();
    Freeze frozen = worker.freeze();
    try {
      freezes++;
      hub.awaitSoleOwner(heir);
    } finally {
      frozen.close();
    }
  }

  int kills() {
    return kills;
  }

  int freezes() {
    return freezes;
  }

  /** Ends them in order, which must succeed. */
  void stop() throws IOException, InterruptedException {
    for (WorkerProcess worker : processes) {
      if (worker.stop() != 0) {
        throw new AssertionError(worker + " did not end in order");
      }
    }
  }

  /** What they told of late. */
  String told() throws IOException {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < processes.size(); i++) {
      List<String> lines = Files.readAllLines(log(i));
      told.append(processes.get(i)).append(":\n");
      lines
          .subList(Math.max(0, lines.size() - TOLD_LINES), lines.size())
          .forEach(line -> told.append(line).append('\n'));
    }
    return told.toString();
  }

  /** Ends them in whatever state they are. */
  @Override
  public void close() {
    processes.forEach(WorkerProcess::close);
  }
}
