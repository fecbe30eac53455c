package io.durable4j.inmemory.sim;

import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.internal.inbox.InboxRules;
import io.durable4j.internal.inbox.Verdict;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Stored;
import io.durable4j.spi.Version;
import io.durable4j.spi.WakeUps;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what the core and the backend say, those that it was loaded with. */
final class Probe {
  private Probe() {}

  static @Nullable String firstFailure(long from, int count) {
    if (count == 0) {
      return null;
    }
    if (count < 0) {
      throw new IllegalArgumentException("a negative count");
    }
    return from + ": " + core() + ", " + backend();
  }

  private static String core() {
    Stored nothing = new Stored(null, List.of(), new Version("0"), null, Set.of());
    Message message =
        new Message(
            new Address(new InstanceId("any"), null),
            null,
            HistoryEvent.of(Instant.EPOCH, MessageId.derived("m"), new EventRaised("e", null)));
    Verdict verdict = new InboxRules(nothing, true, Instant.EPOCH).judge(message);
    return verdict instanceof Verdict.Drop d ? d.why() : "accepted";
  }

  private static String backend() {
    try (InMemoryBackend backend = InMemoryBackend.create();
        var hub = backend.open(new HubSpec("any", 1), new Deaf())) {
      return "opened";
    } catch (HubException e) {
      return e.reason().name();
    }
  }

  private static final class Deaf implements WakeUps {
    @Override
    public void ready(QueueId queue) {}

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
  }
}
