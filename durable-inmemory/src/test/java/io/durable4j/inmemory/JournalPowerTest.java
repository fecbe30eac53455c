package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.spi.HubException;
import io.durable4j.spi.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a power failure leaves, after a flush that failed and without one. */
@Timeout(60)
final class JournalPowerTest {
  @TempDir Path directory;

  private final CachedFiles files = new CachedFiles();

  private InMemoryBackend open() {
    return InMemoryBackend.journaled(directory, Settings.of(new TestClock()), files);
  }

  /** The instance a is there; b is in the file, and its flush has failed. */
  private void failToFlush() {
    InMemoryBackend backend = open();
    TestHub hub = TestHub.of(backend);
    hub.create("a", "e1");
    files.failForces(true);
    assertThatThrownBy(() -> hub.create("b", "e1")).isInstanceOf(StorageException.class);
    backend.close();
    files.failForces(false);
  }

  @Test
  void whatWasAcknowledgedOutlivesThePower() throws Exception {
    InMemoryBackend backend = open();
    TestHub.of(backend).create("a", "e1");
    files.powerFails();
    backend.close();

    try (InMemoryBackend again = open()) {
      assertThat(TestHub.of(again).get("a")).isPresent();
    }
  }

  /** It may be shown, so it has to be durable once the journal is opened again. */
  @Test
  void whatAFailedFlushLeftIsFlushedAnewWhenItIsOpenedAgain() throws Exception {
    failToFlush();

    boolean shown;
    try (InMemoryBackend again = open()) {
      TestHub there = TestHub.of(again);
      shown = there.get("b").isPresent();
      there.create("c", "e1");
    }
    files.powerFails();

    try (InMemoryBackend last = open()) {
      TestHub there = TestHub.of(last);
      assertThat(there.get("a")).isPresent();
      assertThat(there.get("b").isPresent()).as("as it was shown").isEqualTo(shown);
      assertThat(there.get("c")).as("acknowledged").isPresent();
    }
    assertThat(shown).as("the cache shows what it lost").isTrue();
  }

  /** It was read, and the state is built from it, and when it is to be written anew it is gone. */
  @Test
  void whatTheCacheForgetsWhileItIsOpenedIsNotShown() {
    failToFlush();
    files.forget(true);

    assertThatThrownBy(this::open)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("open it again");
    try (InMemoryBackend again = open()) {
      TestHub there = TestHub.of(again);
      assertThat(there.get("a")).isPresent();
      assertThat(there.get("b")).isEmpty();
      assertThat(there.create("b", "e1")).isTrue();
    }
  }

  @Test
  void whatASnapshotReplacesIsDeletedOnceItsNameIsDurable() throws Exception {
    Settings small = new Settings(new TestClock(), 1000, 1 << 12);
    Journal.Opened opened = Journal.open(directory, small, files);
    Hub hub = new Hub(small, opened.state(), opened.journal());
    new Workload(hub, () -> {}).run();
    assertThat(files.awaitSnapshot()).as("a snapshot was written").isTrue();
    hub.close();
    Layout layout = new Layout(directory);
    long number = layout.snapshots().lastKey();
    // as a crash leaves it between the snapshot's name and the deletions
    Path old = Files.write(layout.segment(number - 1), Frame.header(Frame.FORMAT, number - 1));
    files.calls().clear();

    Journal.open(directory, small, files).journal().close();

    assertThat(old).doesNotExist();
    assertThat(files.calls()).containsSubsequence("force directory", "delete " + old.getFileName());
  }
}
