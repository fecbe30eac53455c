package io.durable4j.inmemory;

import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a journal's directory to one backend of one process. It ends with the process at the latest. */
final class DirectoryLock implements Closeable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Layout layout) throws IOException {
    FileChannel channel =
        FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      throw inUse(layout.directory(), "this process");
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw inUse(layout.directory(), "another process");
    }
    return new DirectoryLock(channel);
  }

  private static HubException inUse(Path directory, String by) {
    return new HubException(
        Reason.IN_USE,
        "The journal in "
            + directory
            + " is open in "
            + by
            + "; a directory belongs to one backend at a time. Close the other, or use another"
            + " directory");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
