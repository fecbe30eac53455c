package io.durable4j.azurestorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.sdk.SdkAccount;
import io.durable4j.azurestorage.sdk.SdkServices;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import io.durable4j.fixtures.storage.Faults.Moment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Faults on a real server, in real time: the k-th call of the engine to its store fails, or that of
 * the store to the account, before its effect or after it. The four go side by side, each on a hub
 * of its own, since most of the time goes into waits for leases; with {@code -Dfaults.every=true}
 * each also on a server of its own, which would stall over so many messages.
 */
@Tag("real-time")
@EnabledIfSystemProperty(named = "durable.azurite", matches = "true")
class AzuriteFaultTest {
  /** The last call that fails. */
  private static final int MOST = 21;

  /** 1, 2, 3, 5, 8 and 13; fewer than 21 calls are made where one brings many messages. */
  private static final int LEAST = 6;

  /** All of them, for which there is no time in a usual run. */
  private static boolean every() {
    return Boolean.getBoolean("faults.every");
  }

  @Test
  void callsFailOnceOnARealServer() throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(4);
    try (Servers servers = new Servers()) {
      List<Callable<Integer>> all = new ArrayList<>();
      for (FaultLane.Calls calls : FaultLane.Calls.values()) {
        for (Moment moment : Moment.values()) {
          all.add(() -> run(servers.next(), calls, moment));
        }
      }
      for (Future<Integer> fired : lanes.invokeAll(all)) {
        assertThat(fired.get()).isGreaterThanOrEqualTo(LEAST);
      }
    } finally {
      lanes.shutdownNow();
    }
  }

  private static int run(Azurite azurite, FaultLane.Calls calls, Moment moment) {
    SdkServices services = SdkServices.of(azurite.connectionString(), SdkServices.Policies.NONE);
    Account account = new SdkAccount(services, InstantSource.system());
    try (FaultLane lane = new FaultLane(azurite, account, calls, moment)) {
      return lane.run(every() ? Integer.MAX_VALUE : MOST);
    }
  }

  /** One for all, or one for each. */
  private static final class Servers implements AutoCloseable {
    private final List<Azurite> started = new ArrayList<>();

    synchronized Azurite next() {
      if (started.isEmpty() || every()) {
        started.add(AzuriteChooser.ofMachine().start());
      }
      return started.get(started.size() - 1);
    }

    @Override
    public void close() {
      started.forEach(Azurite::close);
    }
  }
}
