package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.spi.HubException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zeros that a segment keeps ahead of its end, on the real disk. */
final class JournalRoomTest {
  private static final Settings SETTINGS = Settings.of(new TestClock());

  @TempDir Path directory;

  private Path segment;

  @BeforeEach
  void name() {
    segment = new Layout(directory).segment(1);
  }

  @Test
  void writesGoIntoRoomThatIsThereAndTheCloseCutsTheRest() throws IOException {
    long open;
    try (InMemoryBackend backend = open()) {
      TestHub hub = TestHub.of(backend);
      hub.create("a", "e1");
      open = Files.size(segment);
      hub.create("b", "e1");
      assertThat(Files.size(segment)).as("the size after one more commit").isEqualTo(open);
      byte[] tail = new byte[4096];
      try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "r")) {
        file.seek(open - tail.length);
        file.readFully(tail);
      }
      assertThat(Frame.isBlank(tail)).isTrue();
    }
    assertThat(Files.size(segment)).isBetween((long) Frame.HEADER, open / 10);
  }

  @Test
  void aRecordLargerThanTheRoomIsWritten() {
    try (InMemoryBackend backend = open()) {
      TestHub hub = TestHub.of(backend);
      for (int i = 0; i < 2_000; i++) {
        hub.create("i" + i + "-".repeat(200), "e1");
      }
    }
    try (InMemoryBackend backend = open()) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(TestHub.of(backend).get("i" + i + "-".repeat(200))).isPresent();
      }
    }
  }

  @Test
  void zerosBehindTheLastRecordAreItsEnd() throws IOException {
    try (InMemoryBackend backend = open()) {
      TestHub.of(backend).create("a", "e1");
    }
    byte[] whole = Files.readAllBytes(segment);
    for (int zeros : new int[] {1, 15, 16, 17, 5_000, 1 << 20}) {
      Files.write(segment, Arrays.copyOf(whole, whole.length + zeros));
      Recovery.Recovered found = recover();
      assertThat(found.size()).as("%d zeros", zeros).isEqualTo(whole.length);
      assertThat(found.state().instances().size()).isOne();
    }
  }

  @Test
  void aDamagedRecordBeforeTheZerosIsNoEnd() throws IOException {
    try (InMemoryBackend backend = open()) {
      TestHub.of(backend).create("a", "e1");
    }
    byte[] whole = Files.readAllBytes(segment);
    byte[] damaged = Arrays.copyOf(whole, whole.length + 5_000);
    Arrays.fill(damaged, Frame.HEADER, Frame.HEADER + Frame.PREFIX, (byte) 0);
    Files.write(segment, damaged);
    assertThatThrownBy(() -> open())
        .isInstanceOf(HubException.class)
        .hasMessageContaining("offset " + Frame.HEADER);
  }

  private InMemoryBackend open() {
    return InMemoryBackend.journaled(directory, SETTINGS, new LocalFiles());
  }

  private Recovery.Recovered recover() throws IOException {
    try {
      return new Recovery(new LocalFiles(), new Layout(directory)).run();
    } catch (DamageException e) {
      throw new AssertionError(e);
    }
  }
}
