package io.durable4j.azurestorage.fake;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.BlobsContract;
import io.durable4j.azurestorage.account.QueuesContract;
import io.durable4j.azurestorage.account.TablesContract;
import io.durable4j.azurestorage.account.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;

/** The account in memory keeps to what every account does, in a time of its own. */
class FakeAccountTest {
  private final Time time = new Time();
  private final FakeAccount account = new FakeAccount(() -> time.now, FakeAccount.Points.NONE);
  private int names;

  private String fresh() {
    return "name" + ++names;
  }

  private static final class Time implements Waiting {
    private static final int LIMIT = 60;
    Instant now = Instant.parse("2026-05-01T12:00:00.25Z");

    @Override
    public void until(String what, BooleanSupplier holds) {
      for (int i = 0; i < LIMIT; i++) {
        if (holds.getAsBoolean()) {
          return;
        }
        now = now.plusSeconds(1);
      }
      Assertions.fail("Not within a minute: " + what);
    }

    @Override
    public Duration precision() {
      return Duration.ZERO;
    }
  }

  @Nested
  class OfQueues extends QueuesContract {
    @Override
    protected Account account() {
      return account;
    }

    @Override
    protected Waiting waiting() {
      return time;
    }

    @Override
    protected String name() {
      return fresh();
    }
  }

  @Nested
  class OfTables extends TablesContract {
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
      return time;
    }

    @Override
    protected String name() {
      return fresh();
    }
  }
}
