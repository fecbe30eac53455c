package io.durable4j.samples.backup;

import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The backup's command line.
 *
 * @param job what to copy
 * @param journal the journal's directory
 * @param audit where activities leave their traces, or null
 * @param history where the history goes at the end, or null
 * @param killAfterCopy after how many copies the process kills itself; 0 for never
 */
record BackupOptions(
    BackupFlow.Job job,
    Path journal,
    @Nullable Path audit,
    @Nullable Path history,
    int killAfterCopy) {
  static final String USAGE =
      """
      Usage: [SOURCE [TARGET]] [options]
        SOURCE               the directory to copy; default: this one
        TARGET               where to; default: target/backup
        --skip NAMES         names of directories to leave out, between commas;
                             default: target,.git when no SOURCE is given
        --max-in-flight N    how many files at a time; default: 8
        --journal DIR        where the state is kept; default: target/backup-journal
        --audit FILE         appends a line when an activity begins and when it ends
        --history FILE       writes the recorded history at the end
        --kill-after-copy N  kills this process (SIGKILL) after its N-th copy\
      """;

  static BackupOptions parse(String[] line) {
    SampleArgs args =
        SampleArgs.parse(
            line,
            Set.of(
                "skip",
                "max-in-flight",
                SampleBackend.JOURNAL,
                "audit",
                "history",
                "kill-after-copy"));
    List<String> paths = args.positional();
    if (paths.size() > 2) {
      throw new IllegalArgumentException("Too many arguments: " + paths);
    }
    Path source = absolute(paths.isEmpty() ? "" : paths.get(0));
    Path target = absolute(paths.size() < 2 ? "target/backup" : paths.get(1));
    if (!Files.isDirectory(source)) {
      throw new IllegalArgumentException("There is no directory " + source);
    }
    String names = args.text("skip", paths.isEmpty() ? "target,.git" : "");
    List<String> skip = Arrays.stream(names.split(",")).filter(s -> !s.isBlank()).toList();
    Path journal =
        Objects.requireNonNullElse(
            args.path(SampleBackend.JOURNAL), absolute("target/backup-journal"));
    refuseInside(source, target, skip);
    refuseInside(source, journal, skip);
    return new BackupOptions(
        new BackupFlow.Job(
            source.toString(), target.toString(), skip, args.number("max-in-flight", 8)),
        journal,
        args.path("audit"),
        args.path("history"),
        args.number("kill-after-copy", 0));
  }

  /** The same for the same source and target, so that a new process finds the old instance. */
  String instanceId() {
    String both = job.source() + '\n' + job.target();
    return "backup-" + UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8));
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  private static void refuseInside(Path source, Path written, List<String> skip) {
    if (written.startsWith(source)) {
      for (Path name : source.relativize(written)) {
        if (skip.contains(name.toString())) {
          return;
        }
      }
      throw new IllegalArgumentException(
          written + " lies in what is copied; choose another place or --skip its directory");
    }
  }
}
