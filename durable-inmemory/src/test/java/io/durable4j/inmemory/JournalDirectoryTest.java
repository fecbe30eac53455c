package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.spi.CommitOutcome.Committed;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.ReusePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the directory holds: how much of it, of which format, and what if it cannot be used. */
@Timeout(180)
final class JournalDirectoryTest {
  private static final int COMMITS = 1_000_000;
  private static final int IDS = 1000;
  private static final long BOUND = 24L << 20;

  @TempDir Path directory;

  private final TestFiles files = new TestFiles(false);
  private final TestClock clock = new TestClock();

  @Tag("one-jdk")
  @Test
  void aMillionCommitsKeepTheDirectoryBounded() throws Exception {
    long begin = System.nanoTime();
    long largest = 0;
    try (InMemoryBackend backend = open(8 << 20)) {
      TestHub hub = TestHub.of(backend);
      for (int n = 0; n < COMMITS; n++) {
        live("i" + n % IDS, hub);
        if (n % 1000 == 0) {
          largest = Math.max(largest, size());
        }
      }
    }
    System.out.printf(
        "journal: %,d instances created, committed and purged in %,d ms; the directory held at most"
            + " %,d bytes, segment %d is the last%n",
        COMMITS,
        (System.nanoTime() - begin) / 1_000_000,
        largest,
        new Layout(directory).segments().lastKey());
    assertThat(largest).isLessThan(BOUND);
    assertThat(size()).isLessThan(BOUND);
    assertThat(new Layout(directory).segments().lastKey()).as("rotations").isGreaterThan(20);
  }

  private static void live(String id, TestHub hub) {
    var created = Samples.instance(id, "e1");
    hub.instances().create(created, ReusePolicy.never());
    var start = hub.receive(id);
    var done = Samples.state(id, "e1", COMPLETED);
    var outcome =
        hub.instances()
            .commit(
                hub.turn(
                    done, hub.version(id), new HistoryChange.Append(List.of()), List.of(), start));
    if (!(outcome instanceof Committed) || !hub.instances().purge(done)) {
      throw new AssertionError("Not committed or not purged: " + id + " " + outcome);
    }
  }

  private void liveUntilASnapshot(TestHub hub) throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      live("i", hub);
    }
    assertThat(files.awaitSnapshot()).as("a snapshot was written").isTrue();
  }

  @Test
  void snapshotsHoldEverythingAndOldSegmentsGo() throws Exception {
    Set<String> expected;
    Settings small = new Settings(clock, 1000, 4096);
    Journal.Opened opened = Journal.open(directory, small, files);
    Hub first = new Hub(small, opened.state(), opened.journal());
    Workload workload = new Workload(first, () -> {});
    workload.run();
    expected = TestHub.facts(opened.state());
    first.close();
    Layout layout = new Layout(directory);
    assertThat(layout.segments().lastKey()).as("rotations").isGreaterThan(1);
    Journal.Opened again = Journal.open(directory, small, files);
    assertThat(TestHub.facts(again.state())).isEqualTo(expected);
    again.journal().close();
  }

  @Test
  void aCrashDuringASnapshotLosesNothing() throws Exception {
    Settings never = new Settings(clock, 1000, 1 << 20);
    Journal.Opened opened = Journal.open(directory, never, files);
    Hub hub = new Hub(never, opened.state(), opened.journal());
    new Workload(hub, () -> {}).run();
    hub.close();
    Layout layout = new Layout(directory);
    // as a crash leaves it: the next segment is there, the snapshot is not
    Files.write(layout.segment(2), Frame.header(Frame.FORMAT, 2));
    Files.write(layout.unfinishedSnapshot(), new byte[99]);
    // a segment that holds nothing does not make the torn tail of the one before a damage
    Files.write(layout.segment(1), new byte[5], StandardOpenOption.APPEND);
    Journal.Opened again = Journal.open(directory, never, files);
    assertThat(TestHub.facts(again.state())).isEqualTo(TestHub.facts(opened.state()));
    assertThat(layout.unfinishedSnapshot()).doesNotExist();
    again.journal().close();
  }

  @Test
  void whenNoSegmentCanBeMadeTheOldOneGoesOn() throws Exception {
    try (InMemoryBackend backend = open(4096)) {
      TestHub hub = TestHub.of(backend);
      Layout layout = new Layout(directory);
      files.failCreation(true);
      hub.create("before", "e1");
      for (int i = 0; i < 50; i++) {
        live("i", hub);
      }
      assertThat(layout.segments()).hasSize(1);
      assertThat(Files.size(layout.segment(1))).isGreaterThan(2 * 4096);
      files.failCreation(false);
      liveUntilASnapshot(hub);
      hub.create("after", "e1");
    }
    try (InMemoryBackend backend = open(4096)) {
      TestHub hub = TestHub.of(backend);
      assertThat(hub.get("before")).isPresent();
      assertThat(hub.get("after")).isPresent();
    }
  }

  @Test
  void aMissingOrDamagedFileIsNamed() throws Exception {
    Layout layout = new Layout(directory);
    try (InMemoryBackend backend = open(4096)) {
      TestHub hub = TestHub.of(backend);
      hub.create("stays", "e1");
      liveUntilASnapshot(hub);
    }
    Path snapshot = layout.snapshots().lastEntry().getValue();
    byte[] good = Files.readAllBytes(snapshot);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(snapshot, bad);
    assertUnusable(directory, snapshot);
    Files.write(snapshot, Arrays.copyOf(good, good.length - 1));
    assertUnusable(directory, snapshot);
    Files.write(snapshot, good);
    long needed = layout.snapshots().lastKey();
    Path segment = layout.segment(needed);
    byte[] bytes = Files.readAllBytes(segment);
    Files.delete(segment);
    assertUnusable(directory, segment);
    Files.write(segment, bytes);
    open(4096).close();
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    open(4096).close();
    Path segment = new Layout(directory).segment(1);
    Files.write(segment, Frame.header(Frame.FORMAT + 1, 1));
    assertThatThrownBy(() -> open(4096))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_NEW))
        .hasMessageContaining(segment.toString());
    assertThat(Files.readAllBytes(segment)).isEqualTo(Frame.header(Frame.FORMAT + 1, 1));
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    assertUnusable(file);
    assertUnusable(file.resolve("below"));
    Path locked = Files.createDirectories(directory.resolve("locked"));
    Files.createDirectory(new Layout(locked).lock());
    assertUnusable(locked);
    files.failCreation(true);
    assertUnusable(Files.createDirectories(directory.resolve("full")));
  }

  private void assertUnusable(Path named) {
    assertUnusable(named, named);
  }

  private void assertUnusable(Path opened, Path named) {
    assertThatThrownBy(() -> InMemoryBackend.journaled(opened, Settings.of(clock), files))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE))
        .hasMessageContaining(named.toString());
  }

  private InMemoryBackend open(int segmentBytes) {
    return InMemoryBackend.journaled(directory, new Settings(clock, 1 << 20, segmentBytes), files);
  }

  private long size() throws IOException {
    long sum = 0;
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        try {
          sum += Files.size(file);
        } catch (NoSuchFileException e) {
          // the snapshot's thread deleted it just now
          continue;
        }
      }
    }
    return sum;
  }
}
