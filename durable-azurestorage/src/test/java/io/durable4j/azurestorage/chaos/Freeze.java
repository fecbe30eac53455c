package io.durable4j.azurestorage.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A process that stands still. A shell lets it go on when it is asked to, or when this JVM ends in
 * whatever way: a process that stood still for ever could not see that its input has ended.
 */
final class Freeze implements AutoCloseable {
  private static final String SCRIPT = "kill -STOP $0 && echo frozen; read end; kill -CONT $0";
  private static final int LIMIT_SECONDS = 10;

  private final Process shell;

  private Freeze(Process shell) {
    this.shell = shell;
  }

  static Freeze of(long pid) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", SCRIPT, Long.toString(pid)).start();
    BufferedReader output = shell.inputReader(UTF_8);
    if (!"frozen".equals(output.readLine())) {
      shell.destroy();
      throw new IOException("Process " + pid + " could not be stopped");
    }
    return new Freeze(shell);
  }

  /** Lets the process go on with SIGCONT. */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    try {
      if (!shell.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("The shell that freezes a worker does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
