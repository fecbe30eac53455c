package io.durable4j.azurestorage.sdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.BlobsContract;
import io.durable4j.azurestorage.account.QueuesContract;
import io.durable4j.azurestorage.account.TablesContract;
import io.durable4j.azurestorage.account.Waiting;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The account on the SDK keeps to what every account does, on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkAccountTest {
  private Azurite azurite;
  private Account account;

  @BeforeAll
  void start() {
    azurite = AzuriteChooser.ofMachine().start();
    account =
        new SdkAccount(
            SdkServices.of(azurite.connectionString(), SdkServices.Policies.NONE),
            InstantSource.system());
  }

  @AfterAll
  void end() {
    account.close();
    azurite.close();
  }

  private static String fresh() {
    return "n" + UUID.randomUUID().toString().replace("-", "");
  }

  @Nested
  class OfQueues extends QueuesContract {
    @Override
    protected Account account() {
      return account;
    }

    @Override
    protected Waiting waiting() {
      return new RealTime(azurite);
    }

    @Override
    protected String name() {
      return fresh();
    }
  }

  /** Where Azurite is not as the service is, the test says what it does instead. */
  @Nested
  class OfTables extends TablesContract {
    /** It takes rows of several partitions; the service refuses them. */
    @Test
    @Override
    protected void aTransactionIsOfOnePartition() {
      assertThatThrownBy(super::aTransactionIsOfOnePartition)
          .hasMessageContaining("Expecting code to raise a throwable");
    }

    /** It compares whole milliseconds. */
    @Test
    @Override
    protected void timesAreComparedTo100Nanoseconds() {
      assertThatThrownBy(super::timesAreComparedTo100Nanoseconds)
          .isInstanceOf(AssertionError.class);
    }

    /**
     * Not run: it decodes a request piece by piece and spoils a character that stands in two of
     * them, sometimes; a spoiled text is longer, too.
     */
    @Override
    protected void aColumnTakes32KiCharactersOfAnyScript() {}

    @Override
    protected Account account() {
      return account;
    }

    @Override
    protected String name() {
      return fresh();
    }
  }

  @Nested
  class OfBlobs extends BlobsContract {
    @Override
    protected Account account() {
      return account;
    }

    @Override
    protected Waiting waiting() {
      return new RealTime(azurite);
    }

    @Override
    protected String name() {
      return fresh();
    }
  }
}
