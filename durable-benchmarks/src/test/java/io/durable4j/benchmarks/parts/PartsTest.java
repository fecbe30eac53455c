package io.durable4j.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.EventBody;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.spi.CommitOutcome.Committed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured does what it should. */
@Timeout(60)
final class PartsTest {
  @ParameterizedTest
  @CsvSource({"100, cold", "100, warm", "1000, warm"})
  void aReplayedTurnMakesTheNextCall(int events, String memory) {
    ReplayBenchmark replay = new ReplayBenchmark();
    replay.events = events;
    replay.memory = memory;
    replay.build();
    replay.turn(new ReplayBenchmark.Events());
    ReplayBenchmark.Events counter = new ReplayBenchmark.Events();
    EpisodeResult result = replay.turn(counter);
    assertThat(result.end()).isInstanceOf(EpisodeResult.Waiting.class);
    assertThat(result.actions()).hasSize(1);
    assertThat(result.actions().get(0).eventId()).isEqualTo(events / 4);
    assertThat(counter.event).isEqualTo(events + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TaskScheduled", "TaskCompleted", "OrchestratorStarted"})
  void anEventComesBackFromItsBytes(String kind) {
    CodecBenchmark codec = new CodecBenchmark();
    codec.kind = kind;
    codec.build();
    EventBody body = codec.decode().body();
    assertThat(body.kind()).isEqualTo(kind);
    assertThat(codec.encode()).isNotEmpty();
  }

  @Test
  void aMessageGoesThroughTheMailbox() {
    MailboxBenchmark mailbox = new MailboxBenchmark();
    mailbox.start();
    for (int i = 0; i < 100; i++) {
      assertThat(mailbox.sameThread()).hasSize(1);
      assertThat(mailbox.thereAndBack()).isTrue();
    }
    mailbox.stop();
  }

  @Test
  void commitsReachTheJournal() throws Exception {
    JournaledHub hub = new JournaledHub();
    hub.open();
    JournalBenchmark.Committer committer = new JournalBenchmark.Committer();
    committer.create(hub);
    long before = hub.flushes();
    for (int i = 0; i < 5; i++) {
      assertThat(new JournalBenchmark().inFlight01(hub, committer)).isInstanceOf(Committed.class);
    }
    assertThat(hub.flushes() - before).isEqualTo(5);
    hub.close();
  }
}
