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
import io.durable4j.fixtures.profile.SlicedBackend;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class SlicedContractTest {
  private interface Sliced extends BackendContract {
    @Override
    default Backend create(InstantSource clock) {
      return new SlicedBackend(InMemoryBackend.create(clock), () -> {});
    }

    @Override
    default Capabilities expected() {
      return new Capabilities(false, false, false, true, 1, null, 16 << 20);
    }
  }

  @Nested
  class Answers extends AnswersContract implements Sliced {}

  @Nested
  class Commit extends CommitContract implements Sliced {}

  @Nested
  class Entity extends EntityContract implements Sliced {}

  @Nested
  class Hub extends HubContract implements Sliced {}

  @Nested
  class InstanceQueries extends InstanceQueriesContract implements Sliced {}

  @Nested
  class InstanceStore extends InstanceStoreContract implements Sliced {}

  @Nested
  class Messages extends MessagesContract implements Sliced {}

  @Nested
  class PartitionTable extends PartitionTableContract implements Sliced {}
}
