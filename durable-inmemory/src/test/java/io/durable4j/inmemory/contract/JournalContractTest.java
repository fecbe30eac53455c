package io.durable4j.inmemory.contract;

import io.durable4j.fixtures.contract.AnswersContract;
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
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class JournalContractTest {
  @TempDir Path directory;
  private int journals;

  private Backend journaled(InstantSource clock) {
    return InMemoryBackend.journaled(directory.resolve("journal" + journals++), clock);
  }

  @Nested
  class Answers extends AnswersContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class Commit extends CommitContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class Entity extends EntityContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class Hub extends HubContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class InstanceQueries extends InstanceQueriesContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class InstanceStore extends InstanceStoreContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class Messages extends MessagesContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }

  @Nested
  class PartitionTable extends PartitionTableContract {
    @Override
    public Backend create(InstantSource clock) {
      return journaled(clock);
    }

    @Override
    public Capabilities expected() {
      return MemoryContractTest.PROMISES;
    }
  }
}
