package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill at any byte, and a flipped bit at any byte. */
final class JournalPrefixTest {
  @TempDir Path directory;

  private final TestFiles files = new TestFiles(false);
  private final NavigableMap<Long, Set<String>> acknowledged = new TreeMap<>();
  private Path segment;
  private long lastRecord;

  @BeforeEach
  void writeTheWorkload() throws IOException {
    Settings settings = Settings.of(new TestClock());
    segment = new Layout(directory).segment(1);
    acknowledged.put(0L, TestHub.facts(new HubState()));
    Journal.Opened opened = Journal.open(directory, settings, files);
    Hub hub = new Hub(settings, opened.state(), opened.journal());
    new Workload(hub, () -> acknowledge(opened.state())).run();
    long before = acknowledged.lastKey();
    hub.close();
    acknowledge(opened.state());
    lastRecord = acknowledged.lowerKey(before);
    assertThat(acknowledged.size()).as("records").isGreaterThan(60);
  }

  private void acknowledge(HubState state) {
    try {
      acknowledged.put(Files.size(segment), TestHub.facts(state));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyPrefixOfTheLastSegmentHoldsWhatWasAcknowledged() throws Exception {
    long size = Files.size(segment);
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      for (long length = size; length >= 0; length--) {
        if (length < Frame.HEADER) {
          Files.write(segment, new byte[0]); // recovery deleted it
        }
        file.setLength(length);
        Recovery.Recovered found = new Recovery(files, new Layout(directory)).run();
        Map.Entry<Long, Set<String>> expected = acknowledged.floorEntry(length);
        assertThat(TestHub.facts(found.state()).equals(expected.getValue()))
            .as("the state after %d of %d bytes", length, size)
            .isTrue();
        assertThat(found.size()).isEqualTo(length < Frame.HEADER ? 0 : end(expected.getKey()));
      }
    }
  }

  private static long end(long acknowledged) {
    return Math.max(Frame.HEADER, acknowledged);
  }

  @Test
  void aCutJournalGoesOn() throws Exception {
    byte[] all = Files.readAllBytes(segment);
    for (int length = all.length; length > 0; length -= 97) {
      Files.write(segment, Arrays.copyOf(all, length));
      Settings settings = Settings.of(new TestClock());
      InMemoryBackend first = InMemoryBackend.journaled(directory, settings, files);
      assertThat(TestHub.of(first).create("later", "e1")).isTrue();
      first.close();
      InMemoryBackend second = InMemoryBackend.journaled(directory, settings, files);
      assertThat(TestHub.of(second).get("later")).isPresent();
      second.close();
    }
  }

  @Test
  void aFlippedBitBeforeTheEndIsDamageAndNeverDropped() throws Exception {
    byte[] all = Files.readAllBytes(segment);
    for (int at = 0; at < lastRecord; at += 5) {
      byte[] flipped = all.clone();
      flipped[at] ^= 0x10;
      Files.write(segment, flipped);
      try {
        InMemoryBackend.journaled(directory, Settings.of(new TestClock()), files).close();
        fail("A flipped bit at offset %d went unnoticed", at);
      } catch (HubException e) {
        assertThat(e.reason()).isIn(Reason.UNUSABLE, Reason.TOO_NEW);
        assertThat(e).hasMessageContaining(segment.toString());
        if (e.reason() == Reason.UNUSABLE) {
          assertThat(e).hasMessageContaining("offset");
        }
      }
    }
  }

  @Test
  void aFlippedBitInTheLastRecordIsDamageAfterACleanClose() throws Exception {
    byte[] all = Files.readAllBytes(segment);
    long mark = acknowledged.lastKey() - Frame.PREFIX;
    all[(int) mark - 1] ^= 1;
    Files.write(segment, all);
    try {
      InMemoryBackend.journaled(directory, Settings.of(new TestClock()), files).close();
      fail("A flipped bit went unnoticed");
    } catch (HubException e) {
      assertThat(e.reason()).isEqualTo(Reason.UNUSABLE);
    }
  }
}
