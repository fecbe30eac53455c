package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.inmemory.HeldDisk.Flush;
import io.durable4j.spi.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write or a flush that failed means for all others. */
@Timeout(20)
final class FlusherFailureTest {
  private final FlushStand stand = new FlushStand();
  private final HeldDisk disk = stand.disk;
  private final Tail tail = stand.tail;
  private final Flusher flusher = stand.flusher;

  @AfterEach
  void close() throws InterruptedException {
    stand.close();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void afterAFailedWriteNothingMoreIsWritten(boolean durably, boolean error) throws Exception {
    stand.firstFlush().end();
    stand.first.get();
    disk.writeFails = error ? new OutOfMemoryError("told by the test") : new IOException("told");
    stand.add(20);
    assertThatThrownBy(() -> await(durably, 20))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("told");
    disk.writeFails = null;
    stand.add(30);
    assertThatThrownBy(() -> await(!durably, 30))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("told");
    assertThatThrownBy(tail::write).isInstanceOf(IOException.class);
    assertThat(disk.written).hasValue(10);
    flusher.await(10);
    flusher.awaitWritten(10);
  }

  private void await(boolean durably, long position) {
    if (durably) {
      flusher.await(position);
    } else {
      flusher.awaitWritten(position);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailedFlushFailsAllWhoWaitAndAllWhoCome(boolean error) throws Exception {
    Flush one = stand.firstFlush();
    FutureTask<Thread> second = stand.waiter(20);
    stand.blocked();
    if (error) {
      one.fail(new OutOfMemoryError("told by the test"));
    } else {
      one.fail(new IllegalStateException("told by the test"));
    }
    for (FutureTask<Thread> each : List.of(stand.first, second, stand.waiter(30))) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StorageException.class)
          .hasMessageContaining("told by the test");
    }
    assertThat(disk.forces).hasValue(1);
    assertThat(flusher.durable()).isZero();
  }

  /** Also by one who looked for a failure before there was one. */
  @Test
  void afterAFailedFlushNothingMoreIsWritten() throws Exception {
    Flush one = stand.firstFlush();
    stand.add(20);
    one.fail(new IllegalStateException("told by the test"));
    assertThatThrownBy(stand.first::get).hasCauseInstanceOf(StorageException.class);
    assertThatThrownBy(tail::write).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> flusher.awaitWritten(20)).isInstanceOf(StorageException.class);
    assertThat(disk.written).hasValue(10);
  }

  private boolean failed() {
    try {
      flusher.check();
      return false;
    } catch (StorageException e) {
      return true;
    }
  }

  @Test
  void whoWasWritingWhileTheFlushFailedHearsOfIt() throws Exception {
    Flush one = stand.firstFlush();
    CountDownLatch gate = new CountDownLatch(1);
    disk.writeGate = gate;
    disk.writing = new CountDownLatch(1);
    stand.add(20);
    FutureTask<?> writer = new FutureTask<>(() -> flusher.awaitWritten(20), true);
    Thread thread = new Thread(writer, "writer");
    stand.threads.add(thread);
    thread.start();
    disk.writing.await();
    one.fail(new IllegalStateException("told by the test"));
    while (!failed()) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertThatThrownBy(writer::get).hasCauseInstanceOf(StorageException.class);
  }

  @Test
  void aFailedWriteFailsWhoeverWaitsForALaterFlush() throws Exception {
    Flush one = stand.firstFlush();
    FutureTask<Thread> second = stand.waiter(20);
    stand.blocked();
    flusher.fail(new IOException("told by the test"));
    assertThatThrownBy(second::get).hasCauseInstanceOf(StorageException.class);
    one.end();
    stand.first.get();
    assertThat(disk.forces).hasValue(1);
  }
}
