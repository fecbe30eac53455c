package io.durable4j.azurestorage.store;

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
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class StoreContractTest {
  private interface Azure extends BackendContract {
    @Override
    default Backend create(InstantSource clock) {
      return TestStore.on(clock);
    }

    @Override
    default Capabilities expected() {
      return new Capabilities(false, false, false, false, 1, Duration.ofDays(7), 4 << 20)
          .withPollMax(Duration.ofSeconds(15));
    }
  }

  @Nested
  class Answers extends AnswersContract implements Azure {}

  @Nested
  class Commit extends CommitContract implements Azure {}

  @Nested
  class Entity extends EntityContract implements Azure {}

  @Nested
  class Hub extends HubContract implements Azure {}

  @Nested
  class InstanceQueries extends InstanceQueriesContract implements Azure {}

  @Nested
  class InstanceStore extends InstanceStoreContract implements Azure {}

  @Nested
  class Messages extends MessagesContract implements Azure {}

  @Nested
  class PartitionTable extends PartitionTableContract implements Azure {}
}
