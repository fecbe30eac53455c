package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.spi.Backend;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way into this package: makes backends on the ports of an account. */
public final class Stores {
  private Stores() {}

  /**
   * Makes a backend; calls nothing.
   *
   * @param account the services; closed with the backend
   * @param trackingPrefix what the names of tables begin with where others share them, else null
   * @param options how a hub is stored
   * @param ids where random ids come from
   * @param helpers run calls that are made at once; nothing waits for them to begin
   * @param later runs, after a moment, what is cheaper if something else comes before it; it does
   *     little itself
   * @return the backend
   */
  public static Backend create(
      Account account,
      @Nullable String trackingPrefix,
      StoreOptions options,
      Supplier<UUID> ids,
      Executor helpers,
      Executor later) {
    Fanout fanout = new Fanout(helpers, later);
    return new StoreBackend(account, trackingPrefix, options, new RandomNames(ids), fanout);
  }

  private record RandomNames(Supplier<UUID> ids) implements HubParts.Random {
    @Override
    public UUID uuid() {
      return ids.get();
    }

    @Override
    public String next() {
      return String.format("%08x", ids.get().getMostSignificantBits() >>> Integer.SIZE);
    }
  }
}
