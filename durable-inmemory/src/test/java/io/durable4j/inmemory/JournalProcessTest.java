package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, and one that is killed. */
@Timeout(120)
final class JournalProcessTest {
  @TempDir Path directory;

  @Test
  void aSecondBackendOfThisProcessIsRefused() {
    InMemoryBackend first = InMemoryBackend.journaled(directory);
    assertInUse();
    first.close();
    InMemoryBackend.journaled(directory).close();
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    Process child = ChildProcess.start("hold", directory);
    try (BufferedReader out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("open");
      assertInUse();
      child.getOutputStream().close();
      assertThat(child.waitFor()).isZero();
      InMemoryBackend.journaled(directory).close();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aRefusalInThisProcessDoesNotLetAnotherIn() throws Exception {
    try (InMemoryBackend first = InMemoryBackend.journaled(directory)) {
      first.create(TestHub.SPEC);
      assertInUse();
      assertInUse();
      Process child = ChildProcess.start("hold", directory);
      try (BufferedReader out = child.inputReader()) {
        assertThat(out.readLine()).isEqualTo("IN_USE");
      } finally {
        child.destroyForcibly();
      }
      assertInUse();
    }
    InMemoryBackend.journaled(directory).close();
  }

  private void assertInUse() {
    assertThatThrownBy(() -> InMemoryBackend.journaled(directory))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE))
        .hasMessageContaining(directory.toString());
  }

  @Test
  void whatAKilledProcessAcknowledgedIsThere() throws Exception {
    Process child = ChildProcess.start("write", directory);
    int last = -1;
    try (BufferedReader out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("open");
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // a line may be cut by the kill; a whole number ends with its line
        if (line.equals(Integer.toString(last + 1))) {
          last++;
        }
        if (last == 300) {
          // by its handle, since the process itself would drop the output that is left
          child.toHandle().destroyForcibly();
        }
      }
      child.waitFor();
    } finally {
      child.destroyForcibly();
    }
    assertThat(last).isGreaterThanOrEqualTo(300);
    try (InMemoryBackend backend = InMemoryBackend.journaled(directory)) {
      TestHub hub = TestHub.of(backend);
      for (int i = 0; i <= last; i++) {
        assertThat(hub.get("i" + i)).as("instance %d of %d", i, last).isPresent();
      }
    }
  }
}
