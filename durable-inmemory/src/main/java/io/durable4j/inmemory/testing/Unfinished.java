package io.durable4j.inmemory.testing;

import io.durable4j.client.DurableClient;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Says where instances are that have not ended. */
final class Unfinished {
  private static final int SHOWN = 20;

  private Unfinished() {}

  static String of(DurableClient client) {
    List<InstanceState> open =
        client
            .query(
                q ->
                    q.status(
                        OrchestrationStatus.PENDING,
                        OrchestrationStatus.RUNNING,
                        OrchestrationStatus.SUSPENDED))
            .toList();
    String shown =
        open.stream()
            .limit(SHOWN)
            .map(s -> client.instance(s.id().value()).explain())
            .collect(Collectors.joining("\n"));
    return open.size() > SHOWN ? shown + "\nand " + (open.size() - SHOWN) + " more" : shown;
  }
}
