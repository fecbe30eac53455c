package io.durable4j.inmemory;

import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a journal's directory to one backend of one process. It ends with the process at the
 * latest.
 *
 * <p>There are two lock files because of POSIX: when a process closes any handle of a locked file,
 * its lock is gone. So a second backend of the same process is stopped at the inner file, whose
 * lock it may thereby break for other processes but not for its own, and never touches the outer
 * file, which stops these.
 */
final class DirectoryLock implements Closeable {
  private final FileChannel inner;
  private final FileChannel outer;

  private DirectoryLock(FileChannel inner, FileChannel outer) {
    this.inner = inner;
    this.outer = outer;
  }

  static DirectoryLock take(Layout layout) throws IOException {
    FileChannel inner = lock(layout.innerLock()).orElseThrow(() -> inUse(layout));
    try {
      return new DirectoryLock(inner, lock(layout.lock()).orElseThrow(() -> inUse(layout)));
    } catch (IOException | RuntimeException e) {
      inner.close();
      throw e;
    }
  }

  private static Optional<FileChannel> lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      taken = false; // by this very process
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(channel) : Optional.empty();
  }

  private static HubException inUse(Layout layout) {
    return new HubException(
        Reason.IN_USE,
        "The journal in "
            + layout.directory()
            + " is open already, here or in another process; a directory belongs to one backend at"
            + " a time. Close the other, or use another directory");
  }

  @Override
  public void close() throws IOException {
    try (inner) {
      outer.close();
    }
  }
}
