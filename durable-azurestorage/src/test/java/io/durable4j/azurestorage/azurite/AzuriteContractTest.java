package io.durable4j.azurestorage.azurite;

import com.azure.storage.queue.models.QueuesSegmentOptions;
import io.durable4j.azurestorage.sdk.SdkAccount;
import io.durable4j.azurestorage.sdk.SdkServices;
import io.durable4j.azurestorage.store.StoreOptions;
import io.durable4j.azurestorage.store.Stores;
import io.durable4j.fixtures.azurite.DrivenAzurite;
import io.durable4j.fixtures.contract.AnswersContract;
import io.durable4j.fixtures.contract.BackendContract;
import io.durable4j.fixtures.contract.CommitContract;
import io.durable4j.fixtures.contract.EntityContract;
import io.durable4j.fixtures.contract.HubContract;
import io.durable4j.fixtures.contract.InstanceQueriesContract;
import io.durable4j.fixtures.contract.InstanceStoreContract;
import io.durable4j.fixtures.contract.MessagesContract;
import io.durable4j.fixtures.contract.PartitionTableContract;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The contracts on the emulator, which follows the test's clock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzuriteContractTest {
  private static final Capabilities PROMISES =
      new Capabilities(false, false, false, false, 1, Duration.ofDays(7), 4 << 20)
          .withPollMax(Duration.ofSeconds(15));

  private DrivenAzurite azurite;

  @BeforeAll
  void start() {
    azurite = DrivenAzurite.start(Instant.parse("2030-01-01T00:00:00Z"));
  }

  @AfterAll
  void end() {
    azurite.close();
  }

  private Backend fresh(InstantSource clock) {
    azurite.set(clock.instant());
    SdkServices services =
        SdkServices.of(azurite.server().connectionString(), SdkServices.Policies.NONE);
    // it takes no list of queues that asks for nothing more
    services
        .queues()
        .listQueues(new QueuesSegmentOptions().setIncludeMetadata(true), null, null)
        .forEach(q -> services.queues().deleteQueue(q.getName()));
    services.tables().listTables().forEach(t -> services.tables().deleteTable(t.getName()));
    services
        .blobs()
        .listBlobContainers()
        .forEach(c -> services.blobs().deleteBlobContainer(c.getName()));
    return Stores.create(
        new SdkAccount(services, clock),
        null,
        StoreOptions.DEFAULT,
        UUID::randomUUID,
        Runnable::run,
        Runnable::run);
  }

  /** Each contract runs on the server of the class. */
  private interface OnServer extends BackendContract {
    AzuriteContractTest server();

    @Override
    default Backend create(InstantSource clock) {
      return server().fresh(clock);
    }

    @Override
    default void passed(Instant now) {
      server().azurite.set(now);
    }

    @Override
    default Capabilities expected() {
      return PROMISES;
    }
  }

  @Nested
  class Answers extends AnswersContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class Commit extends CommitContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class Entity extends EntityContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class Hub extends HubContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class InstanceQueries extends InstanceQueriesContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class InstanceStore extends InstanceStoreContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class Messages extends MessagesContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }

  @Nested
  class PartitionTable extends PartitionTableContract implements OnServer {
    @Override
    public AzuriteContractTest server() {
      return AzuriteContractTest.this;
    }
  }
}
