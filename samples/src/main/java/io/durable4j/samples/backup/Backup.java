package io.durable4j.samples.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceExistsException;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.ResultTimeoutException;
import io.durable4j.client.StartOptions;
import io.durable4j.data.Payload;
import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.samples.backup.BackupFlow.Progress;
import io.durable4j.samples.backup.BackupFlow.Summary;
import io.durable4j.spi.Backend;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Copies a directory with a journaled workflow. Kill the process at any moment and start it again
 * with the same arguments: it goes on where it was, and does no step again whose result was
 * recorded.
 */
public final class Backup {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BackupOptions options;
  private final PrintStream out;

  Backup(BackupOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs a backup; exits with 0 when every file is copied, 1 when some are not, 2 for wrong usage.
   *
   * @param args see the usage text
   * @throws IOException when the result cannot be compared with the disk
   */
  public static void main(String[] args) throws IOException {
    BackupOptions options;
    try {
      options = BackupOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + BackupOptions.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new Backup(options, System.out).run() ? 0 : 1);
  }

  boolean run() throws IOException {
    FileActivities files =
        new AuditedFiles(
            new LocalFiles(), new Audit(options.audit()), new KillSwitch(options.killAfterCopy()));
    try (Backend backend = InMemoryBackend.journaled(options.journal());
        DurableHost host =
            DurableHost.on(backend)
                .orchestrator(BackupFlow.REF, BackupFlow::new)
                .activities(FileActivities.class, files)
                .start()) {
      InstanceHandle<Summary> backup = startOrAttach(host.client());
      int before = progressOf(backup).done();
      long began = System.nanoTime();
      Summary summary = await(backup, before);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (options.history() != null) {
        Files.writeString(options.history(), backup.historyJson());
      }
      return report(summary, summary.files() - before, seconds);
    } catch (OrchestrationFailedException e) {
      out.println("The backup failed: " + e.failure());
      return false;
    }
  }

  private InstanceHandle<Summary> startOrAttach(DurableClient client) {
    String id = options.instanceId();
    out.println("From " + options.job().source() + "\n  to " + options.job().target());
    try {
      return client.schedule(
          BackupFlow.REF, options.job(), StartOptions.id(id).replacingFinished());
    } catch (InstanceExistsException e) {
      InstanceHandle<Summary> found = client.instance(BackupFlow.REF, id);
      Progress p = progressOf(found);
      out.println(
          "Found an unfinished backup and go on: "
              + (p.files() == 0 ? "not listed yet" : p.done() + " of " + p.files() + " are done"));
      return found;
    }
  }

  private Summary await(InstanceHandle<Summary> backup, int shownBefore) {
    int shown = shownBefore;
    while (true) {
      try {
        return backup.result(LOOK);
      } catch (ResultTimeoutException goesOn) {
        Progress p = progressOf(backup);
        if (p.done() != shown) {
          shown = p.done();
          out.printf("%6d of %d files, %,d bytes%n", p.done(), p.files(), p.bytes());
        }
      }
    }
  }

  private static Progress progressOf(InstanceHandle<?> backup) {
    Payload status = backup.state().progress().customStatus();
    if (status == null) {
      return new Progress(0, 0, 0);
    }
    try {
      return JSON.readValue(status.text(), Progress.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not a progress: " + status.text(), e);
    }
  }

  private boolean report(Summary s, int filesNow, double seconds) throws IOException {
    s.failed().forEach(line -> out.println("NOT COPIED  " + line));
    out.printf(
        Locale.ROOT,
        "Copied and verified %d files in %d directories, %d bytes.%n",
        s.files(),
        s.directories(),
        s.bytes());
    out.printf(
        Locale.ROOT,
        "This process: %d files in %.2f seconds, %.0f files/s.%n",
        filesNow,
        seconds,
        filesNow / seconds);
    Summary disk = onDisk(Path.of(options.job().target()));
    boolean matches =
        disk.files() == s.files()
            && disk.bytes() == s.bytes()
            && disk.directories() == s.directories();
    out.println(
        matches
            ? "The disk holds the same."
            : "The disk holds something else, older files perhaps: "
                + disk.files()
                + " files in "
                + disk.directories()
                + " directories, "
                + disk.bytes()
                + " bytes.");
    return s.failed().isEmpty();
  }

  private static Summary onDisk(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      int directories = -1;
      int files = 0;
      long bytes = 0;
      for (Path p : (Iterable<Path>) all::iterator) {
        if (Files.isSymbolicLink(p)) {
          files++;
        } else if (Files.isDirectory(p)) {
          directories++;
        } else {
          files++;
          bytes += Files.size(p);
        }
      }
      return new Summary(directories, files, bytes, List.of());
    }
  }
}
