package io.durable4j.inmemory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots on a thread of its own, one at a time, and deletes what they make superfluous.
 * When one fails, the segments stay, and a later one does the same work.
 */
final class Snapshotter {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshotter.class);
  private static final int CHUNK = 1 << 16;

  private final DiskFiles files;
  private final Layout layout;
  private @Nullable Thread thread;
  private volatile boolean stopped;

  Snapshotter(DiskFiles files, Layout layout) {
    this.files = files;
    this.layout = layout;
  }

  boolean busy() {
    Thread t = thread;
    return t != null && t.isAlive();
  }

  /** Begins a snapshot; not while another is being written. */
  void start(long number, List<Change> state) {
    Thread t = new Thread(() -> run(number, state), "durable4j-snapshot-" + number);
    t.setDaemon(true);
    thread = t;
    t.start();
  }

  /** Gives up an unfinished snapshot and waits for the thread to end. */
  void close() {
    stopped = true;
    Thread t = thread;
    boolean interrupted = false;
    while (t != null && t.isAlive()) {
      try {
        t.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(long number, List<Change> state) {
    Path unfinished = layout.unfinishedSnapshot();
    try {
      if (!write(unfinished, number, state)) {
        files.delete(unfinished);
        return;
      }
      files.rename(unfinished, layout.snapshot(number));
      files.forceDirectory(layout.directory());
      deleteBefore(number);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Cannot write snapshot {} of the journal in {}; its segments stay until a later one",
          number,
          layout.directory(),
          e);
      discard(unfinished);
    }
  }

  private boolean write(Path file, long number, List<Change> state) throws IOException {
    try (DiskFiles.Appender out = files.create(file)) {
      ByteOut chunk = new ByteOut();
      chunk.putAll(Frame.header(Frame.FORMAT, number));
      for (Change c : state) {
        if (stopped) {
          return false;
        }
        Frame.put(chunk, number, 0, List.of(c));
        if (chunk.size() >= CHUNK) {
          out.write(chunk.array(), chunk.size());
          chunk.clear();
        }
      }
      // an empty frame ends a snapshot, so that a shorter one is known as such
      Frame.put(chunk, number, 0, List.of());
      out.write(chunk.array(), chunk.size());
      out.force();
      return true;
    }
  }

  private void deleteBefore(long number) throws IOException {
    for (Path old : layout.snapshots().headMap(number, false).values()) {
      files.delete(old);
    }
    // from the oldest on: what remains after a crash has no gap
    for (Path old : layout.segments().headMap(number, false).values()) {
      files.delete(old);
    }
  }

  private void discard(Path unfinished) {
    try {
      files.delete(unfinished);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot delete {}; the next snapshot replaces it", unfinished, e);
    }
  }
}
