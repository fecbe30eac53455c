package io.durable4j.benchmarks.load;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How often this machine's disk makes 512 bytes at a file's end durable, one after the other. */
final class Fsync {
  static final String NAME = "fsync";
  private static final int BYTES = 512;

  private Fsync() {}

  static Result measure(RunOptions options, Progress progress) {
    progress.doing("fsync: append " + BYTES + " bytes and sync");
    Path directory = Storage.directory(options);
    try (FileOutputStream file = new FileOutputStream(directory.resolve("fsync").toFile())) {
      Round round = round(file, options.size().seconds());
      return Result.of(NAME, "fsync", List.of(round), Double.NaN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Storage.remove(directory);
    }
  }

  private static Round round(FileOutputStream file, double seconds) throws IOException {
    byte[] record = new byte[BYTES];
    List<Long> latencies = new ArrayList<>();
    Meter meter = new Meter(latencies::size, () -> 0);
    for (int i = 0; i < 20; i++) {
      file.write(record);
      file.getFD().sync();
    }
    Usage start = meter.now();
    long before = start.nanos();
    do {
      file.write(record);
      file.getFD().sync();
      long now = System.nanoTime();
      latencies.add(now - before);
      before = now;
    } while (before - start.nanos() < seconds * 1e9);
    return new Round(
        latencies.size(),
        meter.since(start),
        latencies.stream().mapToLong(Long::longValue).toArray());
  }
}
