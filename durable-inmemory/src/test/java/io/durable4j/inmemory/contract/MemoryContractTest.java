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
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class MemoryContractTest {
  static final Capabilities PROMISES = new Capabilities(true, true, true, true, 1, null, 16 << 20);

  private interface InMemory extends BackendContract {
    @Override
    default Backend create(InstantSource clock) {
      return InMemoryBackend.create(clock);
    }

    @Override
    default Capabilities expected() {
      return PROMISES;
    }
  }

  @Nested
  class Answers extends AnswersContract implements InMemory {}

  @Nested
  class Commit extends CommitContract implements InMemory {}

  @Nested
  class Entity extends EntityContract implements InMemory {}

  @Nested
  class Hub extends HubContract implements InMemory {}

  @Nested
  class InstanceQueries extends InstanceQueriesContract implements InMemory {}

  @Nested
  class InstanceStore extends InstanceStoreContract implements InMemory {}

  @Nested
  class Messages extends MessagesContract implements InMemory {}

  @Nested
  class PartitionTable extends PartitionTableContract implements InMemory {}
}
