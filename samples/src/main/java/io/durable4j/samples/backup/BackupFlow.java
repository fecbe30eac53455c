package io.durable4j.samples.backup;

import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.samples.backup.FileActivities.Listing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a directory: lists it, copies so many files at a time, reads each copy back, and sums up.
 * A fresh object serves each episode, so the fields count what this run of the code has seen so
 * far.
 */
public final class BackupFlow implements Orchestrator<BackupFlow.Job, BackupFlow.Summary> {
  /** The contract. */
  public static final OrchestratorRef<Job, Summary> REF =
      OrchestratorRef.of("Backup", Job.class, Summary.class);

  private static final RetryPolicy PATIENT =
      RetryPolicy.of(5, Duration.ofMillis(50)).backoff(2, Duration.ofSeconds(10));

  private int done;
  private long bytes;

  @Override
  public Summary run(OrchestrationContext ctx, Job job) throws IOException {
    FileActivities files = ctx.activities(FileActivities.class, CallOptions.retry(PATIENT));
    Listing found = files.list(job.source(), job.skip());
    int total = found.files().size();
    ctx.setCustomStatus(new Progress(total, 0, 0));
    files.makeDirectories(job.target(), found.directories());

    List<Outcome<Long>> ends =
        ctx.fanOut(
                found.files(),
                job.maxInFlight(),
                path ->
                    ctx.async(() -> files.copy(job.source(), job.target(), path))
                        .thenCompose(copied -> ctx.async(() -> files.verify(job.target(), copied)))
                        .thenApply(
                            size -> {
                              done++;
                              bytes += size;
                              ctx.setCustomStatus(new Progress(total, done, bytes));
                              return size;
                            }))
            .await();

    List<String> failed = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) instanceof Outcome.Failed<Long> f) {
        failed.add(found.files().get(i) + ": " + f.failure());
      }
    }
    return new Summary(found.directories().size(), done, bytes, failed);
  }

  /**
   * What to copy.
   *
   * @param source the directory to copy from, absolute
   * @param target the directory to copy to, absolute
   * @param skip names of directories that are left out
   * @param maxInFlight how many files at a time
   */
  public record Job(String source, String target, List<String> skip, int maxInFlight) {}

  /**
   * How far it came.
   *
   * @param files how many files there are
   * @param done how many are copied and verified
   * @param bytes their size
   */
  public record Progress(int files, int done, long bytes) {}

  /**
   * What was done.
   *
   * @param directories how many directories there are, the top one not counted
   * @param files how many files and links are copied and verified
   * @param bytes the size of the files
   * @param failed the files that could not be copied, and why
   */
  public record Summary(int directories, int files, long bytes, List<String> failed) {}
}
