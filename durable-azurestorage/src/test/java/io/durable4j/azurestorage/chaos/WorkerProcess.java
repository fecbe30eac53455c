package io.durable4j.azurestorage.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link ChaosWorker}, seen by the test. */
final class WorkerProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<String> name = new CompletableFuture<>();

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param connectionString the account
   * @param attempts the directory of {@link Code}
   * @param log where its errors and warnings go, after those of former ones
   * @param step run for each turn and activity that begins
   */
  static WorkerProcess start(String connectionString, Path attempts, Path log, Runnable step)
      throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                ChaosWorker.class.getName(),
                connectionString,
                attempts.toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    WorkerProcess worker = new WorkerProcess(builder.start());
    Thread reader = new Thread(() -> worker.read(step), "worker-output");
    reader.setDaemon(true);
    reader.start();
    return worker;
  }

  private void read(Runnable step) {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(ChaosWorker.STARTED)) {
          name.complete(line.substring(ChaosWorker.STARTED.length()));
        } else if (line.equals(ChaosWorker.STEP)) {
          step.run();
        }
      }
      name.completeExceptionally(new IOException("a worker ended before it had started"));
    } catch (IOException e) { // it was killed
      name.completeExceptionally(e);
    }
  }

  /** Its name in the table of partitions; waits for its start. */
  String name() throws Exception {
    return name.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    ended();
  }

  /** Ends it in order; gives its exit code. */
  int stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    ended();
    return process.exitValue();
  }

  private void ended() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Process " + process.pid() + " does not end");
    }
  }

  /** Stops it with SIGSTOP, until the result is closed. */
  Freeze freeze() throws IOException {
    return Freeze.of(process.pid());
  }

  /** Ends it in whatever state it is. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The words for a failure. */
  @Override
  public String toString() {
    return "worker " + List.of(name.getNow("that has not started"), process);
  }
}
