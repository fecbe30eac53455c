package io.durable4j.samples.eternal;

import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.Set;

/**
 * Keeps the account of a till for ever: after some amounts it continues as new with the sum so far,
 * so that its history stays short. Amounts that come while it does so go over to the next
 * generation.
 */
public final class Eternal {
  /** The contract: from the account so far to the account at closing time. */
  public static final OrchestratorRef<Account, Account> REF =
      OrchestratorRef.of("Till", Account.class, Account.class);

  /** An amount; zero closes the till. */
  public static final EventRef<Integer> AMOUNT = EventRef.of("amount", Integer.class);

  private Eternal() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--amounts N] [--every N]}
   */
  public static void main(String[] line) {
    Account end = run(line);
    System.out.println(
        "The sum is " + end.sum() + ", counted in " + end.generation() + " generations");
  }

  static Account run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(
            line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "amounts", "every"));
    try (Backend backend = SampleBackend.open(args);
        DurableHost host =
            DurableHost.on(backend).orchestrator(REF, Eternal::keepAccount).start()) {
      Account empty = new Account(0, 1, args.number("every", 10));
      InstanceHandle<Account> till =
          host.client().schedule(REF, empty, StartOptions.id("till").replacingFinished());
      for (int amount = 1; amount <= args.number("amounts", 100); amount++) {
        till.raise(AMOUNT, amount);
      }
      till.raise(AMOUNT, 0);
      return till.result(Duration.ofMinutes(1));
    }
  }

  // snippet continue-as-new
  private static Account keepAccount(OrchestrationContext ctx, Account soFar) {
    Account account = soFar;
    for (int i = 0; i < soFar.every(); i++) {
      int amount = ctx.waitForExternalEvent(AMOUNT).await();
      if (amount == 0) {
        return account; // the till is closed: the end
      }
      account = account.plus(amount);
    }
    return ctx.continueAsNew(account.next());
  }

  // end

  /**
   * An account.
   *
   * @param sum of the amounts so far
   * @param generation counts the executions, from 1
   * @param every after how many amounts it continues as new
   */
  public record Account(long sum, int generation, int every) {
    Account plus(int amount) {
      return new Account(sum + amount, generation, every);
    }

    Account next() {
      return new Account(sum, generation + 1, every);
    }
  }
}
