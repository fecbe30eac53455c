package io.durable4j.inmemory;

import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on disk. A position is the number of bytes that this process appended before it, over all
 * segments.
 */
final class Journal implements Log {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final DiskFiles files;
  private final Layout layout;
  private final DirectoryLock lock;
  private final Snapshotter snapshots;
  private final Tail tail;
  private final Flusher flusher;
  private final long segmentBytes;

  /** The one that is being appended; guarded as the segment is. */
  private final ByteOut frame = new ByteOut();

  // the active segment; guarded by the hub's lock, after the close by its caller
  private DiskFiles.Appender segment;
  private long number;
  private long base;
  private long size;
  private long rotateAt;

  private Journal(
      DiskFiles files,
      Layout layout,
      DirectoryLock lock,
      long segmentBytes,
      DiskFiles.Appender segment,
      long number,
      long size) {
    this.files = files;
    this.layout = layout;
    this.lock = lock;
    this.segmentBytes = segmentBytes;
    this.segment = segment;
    this.number = number;
    this.size = size;
    this.base = -size;
    this.snapshots = new Snapshotter(files, layout);
    this.tail = new Tail(segment);
    this.flusher = Flusher.of(layout.directory(), tail);
  }

  /** A journal and the state that it holds. */
  record Opened(Journal journal, HubState state) {}

  static Opened open(Path directory, Settings settings, DiskFiles files) {
    Layout layout = new Layout(directory.toAbsolutePath());
    try {
      if (!Files.isDirectory(layout.directory())) {
        Files.createDirectories(layout.directory());
        files.forceDirectory(Objects.requireNonNull(layout.directory().getParent()));
      }
      DirectoryLock lock = DirectoryLock.take(layout);
      try {
        return open(layout, lock, settings.segmentBytes(), files);
      } catch (IOException | DamageException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (DamageException e) {
      throw new HubException(
          Reason.UNUSABLE, e.getMessage() + "; restore the directory from a copy", e);
    } catch (IOException e) {
      throw new HubException(
          Reason.UNUSABLE,
          "Cannot use " + layout.directory() + " for a journal; check that it can be written: " + e,
          e);
    }
  }

  private static Opened open(Layout layout, DirectoryLock lock, long segmentBytes, DiskFiles files)
      throws IOException, DamageException {
    Recovery.Recovered found = new Recovery(files, layout).run();
    long number = found.number();
    long size = found.size();
    DiskFiles.Appender segment;
    if (size == 0) {
      segment = begin(files, layout, number);
      size = Frame.HEADER;
    } else {
      segment = goOn(files, layout, found);
      if (found.format() < Frame.FORMAT) {
        // an older version is to say so, rather than meet records that it does not know
        segment.close();
        number++;
        segment = begin(files, layout, number);
        size = Frame.HEADER;
      }
    }
    return new Opened(
        new Journal(files, layout, lock, segmentBytes, segment, number, size), found.state());
  }

  /**
   * Opens the last segment. A killed process leaves records that are in the file and not on the
   * disk, and one whose flush failed some that the system takes for flushed.
   */
  private static DiskFiles.Appender goOn(DiskFiles files, Layout layout, Recovery.Recovered found)
      throws IOException {
    Path file = layout.segment(found.number());
    DiskFiles.Appender segment = files.append(file, found.size());
    try {
      segment.rewrite(found.durable());
      segment.force();
      verify(file, found);
      return segment;
    } catch (IOException | RuntimeException e) {
      segment.close();
      throw e;
    }
  }

  /** What was written anew is what was recovered, unless the system forgot it in between. */
  private static void verify(Path file, Recovery.Recovered found) throws IOException {
    try (FrameReader again = new FrameReader(file, found.number(), found.durable())) {
      while (again.offset() < found.size()) {
        if (again.next() == null) {
          break;
        }
      }
      if (again.offset() == found.size()) {
        return;
      }
    } catch (DamageException e) {
      throw new IOException("It changed while it was opened; open it again", e);
    }
    throw new IOException("It changed while it was opened; open it again");
  }

  private static DiskFiles.Appender begin(DiskFiles files, Layout layout, long number)
      throws IOException {
    Path file = layout.segment(number);
    try {
      // the header is there before the room: a recovery knows a segment by it
      try (DiskFiles.Appender fresh = files.create(file)) {
        fresh.write(Frame.header(Frame.FORMAT, number), Frame.HEADER);
        fresh.force();
      }
      files.forceDirectory(layout.directory());
      return files.append(file, Frame.HEADER);
    } catch (IOException | RuntimeException e) {
      files.delete(file);
      throw e;
    }
  }

  @Override
  public void check() {
    flusher.check();
  }

  @Override
  public boolean writes() {
    return true;
  }

  @Override
  public long append(List<Change> changes) {
    long durable = Math.max(Frame.HEADER, flusher.durable() - base);
    frame.clear();
    Frame.put(frame, number, durable, changes);
    try {
      // a full disk is met here, where nothing has happened yet
      segment.reserve(size + frame.size());
    } catch (IOException | RuntimeException e) {
      throw new StorageException(
          "Cannot write to the journal in "
              + layout.directory()
              + "; nothing changed. Is the disk full? "
              + e.getMessage(),
          e);
    }
    long end = tail.add(frame);
    size += frame.size();
    return end;
  }

  @Override
  public void applied(HubState state) {
    long limit = Math.max(segmentBytes, 2 * state.liveBytes());
    if (size <= limit || size < rotateAt || snapshots.busy()) {
      return;
    }
    try {
      rotate(state);
    } catch (IOException | RuntimeException e) {
      // what was appended stays as good as it was; the segment grows on
      rotateAt = size + segmentBytes;
      LOG.warn("Cannot begin a new segment of the journal in {}", layout.directory(), e);
    }
  }

  private void rotate(HubState state) throws IOException {
    flusher.await(tail.end());
    DiskFiles.Appender old = segment;
    segment = next();
    number++;
    base += size - Frame.HEADER;
    size = Frame.HEADER;
    rotateAt = 0;
    tail.moveTo(segment);
    old.close();
    snapshots.start(number, state.freeze());
  }

  private DiskFiles.Appender next() throws IOException {
    try {
      return begin(files, layout, number + 1);
    } catch (IOException | RuntimeException e) {
      if (Files.exists(layout.segment(number + 1))) {
        // with a later segment there, a torn tail of this one would count as damage
        flusher.fail(e);
      }
      throw e;
    }
  }

  @Override
  public void await(long position) {
    flusher.await(position);
  }

  @Override
  public void awaitWritten(long position) {
    flusher.awaitWritten(position);
  }

  @Override
  public long flushes() {
    return flusher.flushes();
  }

  @Override
  public void close() {
    try {
      check();
      // a last mark: from now on a damaged last record is known as damage
      flusher.await(tail.end());
      append(List.of());
      flusher.await(tail.end());
    } catch (RuntimeException e) {
      LOG.warn("The journal in {} ends without its last mark", layout.directory(), e);
    }
    flusher.close();
    tail.stop();
    snapshots.close();
    try (lock) {
      segment.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the journal in {}", layout.directory(), e);
    }
  }
}
