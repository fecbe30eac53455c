package io.durable4j.azurestorage.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Queues.Receipt;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.account.Tables.Find;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each call of a port costs: one request, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallCountTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final CallCount count = new CallCount();
  private final String name = "n" + UUID.randomUUID().toString().replace("-", "");
  private Azurite azurite;
  private Account account;

  @BeforeAll
  void start() {
    azurite = AzuriteChooser.ofMachine().start();
    account =
        new SdkAccount(SdkServices.of(azurite.connectionString(), count), InstantSource.system());
    account.queues().create(name);
    account.tables().create(name);
    account.blobs().create(name);
  }

  @AfterAll
  void end() {
    azurite.close();
  }

  private void costs(String operation, Runnable call) {
    count.reset();
    call.run();
    assertThat(count.counts()).isEqualTo(Map.of(operation, 1L));
    assertThat(count.total()).isEqualTo(1);
  }

  @Test
  void queues() {
    Receipt sent = account.queues().send(name, "a", MINUTE);
    costs("queues.send", () -> account.queues().send(name, "b", Duration.ZERO));
    costs("queues.receive", () -> account.queues().receive(name, 32, MINUTE));
    costs("queues.receive", () -> account.queues().receive(name, 32, MINUTE));
    costs("queues.update", () -> account.queues().renew(name, sent, MINUTE));
    costs("queues.delete", () -> account.queues().delete(name, sent));
    count.reset();
    account.queues().look(name);
    assertThat(count.counts()).isEqualTo(Map.of("queues.peek", 1L, "queues.look", 1L));
  }

  @Test
  void tables() {
    costs("tables.write", () -> account.tables().write(name, inserts("a", 1)));
    costs("tables.transaction", () -> account.tables().write(name, inserts("b", 100)));
    costs("tables.get", () -> account.tables().get(name, "p", "a0"));
    costs("tables.get", () -> account.tables().get(name, "p", "none"));
    Find some = new Find("", List.of(), 10);
    costs("tables.find", () -> account.tables().find(name, some, null));
    Tables.Page first = account.tables().find(name, some, null);
    costs("tables.find", () -> account.tables().find(name, some, first.next()));
  }

  private static List<Write> inserts(String prefix, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> (Write) new Write.Insert(new Row("p", prefix + i, Map.of())))
        .toList();
  }

  @Test
  void blobs() {
    costs("blobs.put", () -> account.blobs().put(name, "b", new byte[4 << 20]));
    costs("blobs.get", () -> account.blobs().get(name, "b"));
    costs("blobs.get", () -> account.blobs().get(name, "none"));
    costs("blobs.list", () -> account.blobs().list(name, "", null));
    costs("blobs.delete", () -> account.blobs().delete(name, "b"));
    costs("blobs.lease", () -> account.blobs().lease(name, new UUID(1, 1), MINUTE));
  }
}
