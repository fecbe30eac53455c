package io.durable4j.samples.backup;

import java.io.IOException;
import java.util.List;

/**
 * The activities with an audit, and with something that happens after each copy.
 *
 * @param files does the work
 * @param audit gets a line before and one after
 * @param afterCopy runs when a copy is on disk and its activity has not yet returned
 */
record AuditedFiles(FileActivities files, Audit audit, Runnable afterCopy)
    implements FileActivities {
  @Override
  public Listing list(String source, List<String> skip) throws IOException {
    return audit.around(() -> files.list(source, skip));
  }

  @Override
  public void makeDirectories(String target, List<String> directories) throws IOException {
    audit.around(
        () -> {
          files.makeDirectories(target, directories);
          return directories;
        });
  }

  @Override
  public Copied copy(String source, String target, String path) throws IOException {
    return audit.around(
        () -> {
          Copied copied = files.copy(source, target, path);
          afterCopy.run();
          return copied;
        });
  }

  @Override
  public long verify(String target, Copied copied) throws IOException {
    return audit.around(() -> files.verify(target, copied));
  }
}
