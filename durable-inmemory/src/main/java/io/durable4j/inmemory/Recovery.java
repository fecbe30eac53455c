package io.durable4j.inmemory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the state from the newest snapshot and the segments since. */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final DiskFiles files;
  private final Layout layout;

  Recovery(DiskFiles files, Layout layout) {
    this.files = files;
    this.layout = layout;
  }

  /**
   * What was found.
   *
   * @param state the state
   * @param number the segment to go on with
   * @param size its size without a torn tail; 0 when it is to be created
   * @param durable up to where it is on the disk for sure
   * @param format its form
   */
  record Recovered(HubState state, long number, long size, long durable, int format) {}

  Recovered run() throws IOException, DamageException {
    files.delete(layout.unfinishedSnapshot());
    NavigableMap<Long, Path> segments = layout.segments();
    dropUnborn(segments);
    NavigableMap<Long, Path> snapshots = layout.snapshots();
    DamageException first = null;
    for (var s : snapshots.descendingMap().entrySet()) {
      try {
        HubState state = snapshot(s.getValue(), s.getKey());
        Recovered done = replay(state, s.getKey(), segments);
        if (first != null) {
          LOG.warn("{}; an older snapshot and all segments since took its place", text(first));
        }
        return done;
      } catch (DamageException e) {
        first = first == null ? e : first;
      }
    }
    if (segments.isEmpty() && first == null) {
      return new Recovered(new HubState(), 1, 0, 0, Frame.FORMAT);
    }
    if (first != null && (segments.isEmpty() || segments.firstKey() != 1)) {
      throw first;
    }
    Recovered done = replay(new HubState(), 1, segments);
    if (first != null) {
      LOG.warn("{}; all segments since the beginning took its place", text(first));
    }
    return done;
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /**
   * A crash while a segment is made leaves a header that is not whole, or a segment that holds
   * nothing: the one before is the last. With a snapshot of its number it was in use.
   */
  private void dropUnborn(NavigableMap<Long, Path> segments) throws IOException {
    if (segments.isEmpty()) {
      return;
    }
    long number = segments.lastKey();
    Path file = segments.lastEntry().getValue();
    boolean needed =
        Files.exists(layout.snapshot(number)) || (number > 1 && !segments.containsKey(number - 1));
    if (needed || Files.size(file) > Frame.HEADER) {
      return;
    }
    byte[] header = Files.readAllBytes(file);
    boolean whole = header.length == Frame.HEADER && !Frame.isBlank(header);
    if (number > 1 || !whole) {
      LOG.warn("{} ends at offset {} and was never used; it is deleted", file, header.length);
      files.delete(file);
      segments.remove(number);
    }
  }

  private HubState snapshot(Path file, long number) throws IOException, DamageException {
    HubState state = new HubState();
    try (FrameReader in = new FrameReader(file, number)) {
      in.header();
      while (true) {
        long at = in.offset();
        List<Change> changes = in.next();
        if (changes == null) {
          throw new DamageException(file, at, "the end of the snapshot is missing");
        }
        if (changes.isEmpty()) {
          return state;
        }
        apply(state, changes, file, at);
      }
    }
  }

  private Recovered replay(HubState state, long from, NavigableMap<Long, Path> segments)
      throws IOException, DamageException {
    if (segments.isEmpty()) {
      throw new DamageException(layout.segment(from), 0, "the file is missing");
    }
    long last = segments.lastKey();
    End end = new End(0, 0, Frame.FORMAT);
    for (long n = from; n <= Math.max(from, last); n++) {
      Path file = segments.get(n);
      if (file == null) {
        throw new DamageException(layout.segment(n), 0, "the file is missing");
      }
      end = replay(state, file, n, n == last);
    }
    // the snapshot's name first, which a killed process may have left in memory
    files.forceDirectory(layout.directory());
    for (Path old : segments.headMap(from, false).values()) {
      files.delete(old);
    }
    return new Recovered(state, last, end.size(), end.durable(), end.format());
  }

  private record End(long size, long durable, int format) {}

  private End replay(HubState state, Path file, long number, boolean last)
      throws IOException, DamageException {
    try (FrameReader in = new FrameReader(file, number)) {
      in.header();
      while (true) {
        long at = in.offset();
        Optional<List<Change>> next = next(in, file, last);
        if (next.isEmpty()) {
          return new End(at, in.durable(), in.format());
        }
        apply(state, next.get(), file, at);
      }
    }
  }

  private static Optional<List<Change>> next(FrameReader in, Path file, boolean last)
      throws IOException, DamageException {
    try {
      return Optional.ofNullable(in.next());
    } catch (DamageException e) {
      if (!last || !in.restIsTorn()) {
        throw e;
      }
      LOG.warn(
          "{} ends at offset {} in a record that was never finished nor acknowledged; it is cut",
          file,
          e.offset());
      return Optional.empty();
    }
  }

  private static void apply(HubState state, List<Change> changes, Path file, long at)
      throws DamageException {
    try {
      changes.forEach(c -> state.apply(c, 0));
    } catch (RuntimeException e) {
      throw new DamageException(file, at, "a record does not fit the state: " + e.getMessage());
    }
  }
}
