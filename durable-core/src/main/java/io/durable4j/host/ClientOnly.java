package io.durable4j.host;

import io.durable4j.client.DurableClient;
import io.durable4j.data.DataConverter;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.client.ClientParts;
import io.durable4j.internal.client.ClientRules;
import io.durable4j.internal.client.HubClient;
import io.durable4j.internal.client.ResultWaits;
import io.durable4j.internal.drive.Drive;
import io.durable4j.spi.Backend;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a client together without a worker: of the store's hints it hears those of changes only. */
final class ClientOnly {
  private ClientOnly() {}

  static DurableClient open(
      Backend backend,
      Settings settings,
      DataConverter converter,
      ClientRules rules,
      Drive drive,
      Runnable atClose) {
    HubSpec spec =
        new HubSpec(settings.text(Setting.HUB_NAME), settings.number(Setting.HUB_PARTITIONS));
    ResultWaits waits = new ResultWaits();
    TaskHub hub = backend.open(spec, new Changes(waits));
    return new HubClient(
        new ClientParts(
            drive,
            hub,
            spec.partitions(),
            backend.capabilities(),
            converter,
            rules,
            waits,
            id -> List.of()),
        () -> {
          hub.close();
          atClose.run();
        });
  }

  private record Changes(ResultWaits waits) implements WakeUps {
    @Override
    public void ready(QueueId queue) {
      // a worker's business
    }

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {
      waits.changed(instance, status);
    }
  }
}
