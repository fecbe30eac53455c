package io.durable4j.samples.backup;

import io.durable4j.activity.ActivityContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that tells which activities began and ended in a process: per line the phase, the step's
 * key and the activity's name, between tabs. Each line is one appending write, so a killed process
 * leaves whole lines.
 *
 * @param file the file; null to write nothing
 */
record Audit(@Nullable Path file) {
  static final String START = "start";
  static final String DONE = "done";

  /** Runs the body of the current activity between two lines. */
  <R extends @Nullable Object> R around(Body<R> body) throws IOException {
    write(START);
    R result = body.run();
    write(DONE);
    return result;
  }

  private void write(String phase) throws IOException {
    if (file == null) {
      return;
    }
    ActivityContext call = ActivityContext.current();
    String line = phase + '\t' + call.idempotencyKey() + '\t' + call.name() + '\n';
    Files.write(
        file,
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The work of an activity on files. */
  interface Body<R extends @Nullable Object> {
    R run() throws IOException;
  }
}
