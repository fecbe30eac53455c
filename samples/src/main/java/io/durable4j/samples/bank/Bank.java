package io.durable4j.samples.bank;

import io.durable4j.client.DurableClient;
import io.durable4j.client.EntityInfo;
import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.samples.bank.Account.OverdrawnException;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moves money between accounts, many transfers at a time. Each holds the locks of its two accounts,
 * so that none sees money that is between them; a refused one leaves both as they were.
 */
public final class Bank {
  /** The contract: from a transfer to whether it was done. */
  public static final OrchestratorRef<Transfer, Boolean> TRANSFER =
      OrchestratorRef.of("Transfer", Transfer.class, Boolean.class);

  /** The contract: from the money that each account begins with to that of all. */
  public static final OrchestratorRef<Integer, Integer> OPEN =
      OrchestratorRef.of("OpenAccounts", Integer.class, Integer.class);

  private static final int ACCOUNTS = 10;
  private static final int MONEY = 100;

  private Bank() {}

  /**
   * A transfer.
   *
   * @param from the account that pays
   * @param to the account that gets it
   * @param amount how much
   */
  public record Transfer(String from, String to, int amount) {}

  /**
   * What came of all transfers.
   *
   * @param done how many were done
   * @param refused how many were refused
   * @param money what the accounts hold together
   */
  public record Report(int done, int refused, int money) {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--transfers N] [--seed N]}
   */
  public static void main(String[] line) {
    Report report = run(line);
    System.out.println(
        report.done()
            + " transfers done, "
            + report.refused()
            + " refused; the bank holds "
            + report.money());
  }

  static Report run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(
            line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "transfers", "seed"));
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend)
                .entity(Account.class, Account.Code::new)
                .orchestrator(TRANSFER, Bank::transfer)
                .orchestrator(OPEN, Bank::open)
                .start()) {
      DurableClient client = host.client();
      client.schedule(OPEN, MONEY).result(Duration.ofMinutes(1));
      Random random = new Random(args.number("seed", 1));
      List<InstanceHandle<Boolean>> transfers = new ArrayList<>();
      for (int i = 0; i < args.number("transfers", 100); i++) {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        Transfer transfer = new Transfer("a" + from, "a" + to, 1 + random.nextInt(MONEY));
        transfers.add(client.schedule(TRANSFER, transfer));
      }
      int done = 0;
      for (InstanceHandle<Boolean> t : transfers) {
        done += t.result(Duration.ofMinutes(1)) ? 1 : 0;
      }
      return new Report(done, transfers.size() - done, money(client));
    }
  }

  private static int open(OrchestrationContext ctx, int money) {
    for (int i = 0; i < ACCOUNTS; i++) {
      ctx.entity(account("a" + i)).deposit(money);
    }
    return ACCOUNTS * money;
  }

  // snippet transfer
  private static boolean transfer(OrchestrationContext ctx, Transfer t) {
    Account from = ctx.entity(account(t.from()));
    Account to = ctx.entity(account(t.to()));
    return ctx.lock(account(t.from()), account(t.to()))
        .call(
            () -> {
              try {
                from.withdraw(t.amount());
              } catch (OverdrawnException e) {
                return false;
              }
              to.deposit(t.amount());
              return true;
            });
  }

  // end

  private static int money(DurableClient client) {
    try (Stream<EntityInfo> accounts = client.entities(q -> q.name("account"))) {
      return accounts.mapToInt(a -> a.state(Integer.class).orElse(0)).sum();
    }
  }

  private static EntityId<Account> account(String key) {
    return EntityId.of(Account.class, key);
  }
}
