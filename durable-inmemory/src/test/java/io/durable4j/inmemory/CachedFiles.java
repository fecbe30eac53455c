package io.durable4j.inmemory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The real disk behind a cache that treats a failed flush as ext4 and XFS do: what was to be
 * flushed is shown as before and held for flushed, and gone when the power fails.
 */
final class CachedFiles implements DiskFiles {
  private final DiskFiles disk = new LocalFiles();
  private final Map<Path, Cache> caches = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch renamed = new CountDownLatch(1);
  private volatile boolean forceFails;
  private volatile boolean forgets;

  /** Which bytes of a file are not on the disk: to be flushed yet, or taken for flushed. */
  private record Cache(BitSet dirty, BitSet lost) {
    synchronized void write(long from, long to) {
      dirty.set(Math.toIntExact(from), Math.toIntExact(to));
    }

    synchronized void force(boolean fails) {
      if (fails) {
        lost.or(dirty);
      } else {
        lost.andNot(dirty);
      }
      dirty.clear();
    }

    synchronized void powerFails(Path path) throws IOException {
      lost.or(dirty);
      dirty.clear();
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        for (int i = lost.nextSetBit(0); i >= 0 && i < file.length(); i = lost.nextSetBit(i + 1)) {
          file.seek(i);
          file.write(0);
        }
      }
    }
  }

  void failForces(boolean fail) {
    forceFails = fail;
  }

  /** Whether what is not on the disk is no longer shown once a file is open for writes. */
  void forget(boolean soon) {
    forgets = soon;
  }

  /** Waits for the first snapshot to take its place. */
  boolean awaitSnapshot() throws InterruptedException {
    return renamed.await(30, TimeUnit.SECONDS);
  }

  /** What was done to names. */
  List<String> calls() {
    return calls;
  }

  void powerFails() throws IOException {
    for (Map.Entry<Path, Cache> e : caches.entrySet()) {
      e.getValue().powerFails(e.getKey());
    }
  }

  @Override
  public Appender create(Path file) throws IOException {
    return append(file, 0);
  }

  @Override
  public Appender append(Path file, long size) throws IOException {
    Cache cache = caches.computeIfAbsent(file, f -> new Cache(new BitSet(), new BitSet()));
    return new CachedAppender(file, disk.append(file, size), cache, size);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
    renamed.countDown();
  }

  @Override
  public void delete(Path file) throws IOException {
    calls.add("delete " + file.getFileName());
    disk.delete(file);
  }

  @Override
  public void forceDirectory(Path directory) {
    calls.add("force directory");
  }

  private final class CachedAppender implements Appender {
    private final Path path;
    private final Appender file;
    private final Cache cache;
    private long size;

    CachedAppender(Path path, Appender file, Cache cache, long size) {
      this.path = path;
      this.file = file;
      this.cache = cache;
      this.size = size;
    }

    @Override
    public void reserve(long upTo) {}

    @Override
    public void rewrite(long from) throws IOException {
      if (forgets) {
        cache.powerFails(path);
      }
      file.rewrite(from);
      cache.write(from, size);
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      file.write(bytes, length);
      cache.write(size, size + length);
      size += length;
    }

    @Override
    public void force() throws IOException {
      cache.force(forceFails);
      if (forceFails) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
