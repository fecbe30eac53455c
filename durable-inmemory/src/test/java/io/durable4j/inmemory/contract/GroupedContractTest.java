package io.durable4j.inmemory.contract;

import io.durable4j.fixtures.contract.AnswersContract;
import io.durable4j.fixtures.contract.BackendContract;
import io.durable4j.fixtures.contract.CommitContract;
import io.durable4j.fixtures.contract.EntityContract;
import io.durable4j.fixtures.contract.HubContract;
import io.durable4j.fixtures.contract.InstanceQueriesContract;
import io.durable4j.fixtures.contract.InstanceStoreContract;
import io.durable4j.fixtures.contract.MessagesContract;
import io.durable4j.fixtures.contract.PartitionTableContract;
import io.durable4j.fixtures.profile.GroupedBackend;
import io.durable4j.host.RealTime;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class GroupedContractTest {
  private interface Grouped extends BackendContract {
    @Override
    default Backend create(InstantSource clock) {
      return new GroupedBackend(
          InMemoryBackend.create(clock), RealTime.drive(), 2, Duration.ofMillis(1), n -> 0);
    }

    @Override
    default Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class Answers extends AnswersContract implements Grouped {}

  @Nested
  class Commit extends CommitContract implements Grouped {}

  @Nested
  class Entity extends EntityContract implements Grouped {}

  @Nested
  class Hub extends HubContract implements Grouped {}

  @Nested
  class InstanceQueries extends InstanceQueriesContract implements Grouped {}

  @Nested
  class InstanceStore extends InstanceStoreContract implements Grouped {}

  @Nested
  class Messages extends MessagesContract implements Grouped {}

  @Nested
  class PartitionTable extends PartitionTableContract implements Grouped {}
}
