package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.format.VisibilityDelay;
import io.durable4j.data.DurableException;
import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A hub in an account. The first hub that is created or opened with a backend is its hub, and no
 * other. Any thread may call it; hints come on the thread of the call that causes them.
 */
final class StoreBackend implements Backend {
  private static final int MAX_PAYLOAD = 4 << 20;

  /** Each look is paid for; five idle queues and four partitions stay under a call a second. */
  private static final Duration POLL_MAX = Duration.ofSeconds(15);

  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, false, false, 1, VisibilityDelay.MAX, MAX_PAYLOAD)
          .withPollMax(POLL_MAX);

  private final Account account;
  private final StoreOptions options;
  private final HubParts.Random random;
  private final Fanout fanout;
  private final HubLife life;
  private final Gate gate = new Gate();
  private final Hints hints = new Hints();
  private final Outgoing outgoing = new Outgoing();
  private @Nullable String hub;

  /**
   * A backend that knows no hub yet.
   *
   * @param account the services; closed with the backend
   * @param trackingPrefix what the names of tables begin with where others share them, else null
   * @param options how a hub is stored
   * @param random where random names come from
   * @param fanout makes several calls at once
   */
  StoreBackend(
      Account account,
      @Nullable String trackingPrefix,
      StoreOptions options,
      HubParts.Random random,
      Fanout fanout) {
    this.account = account;
    this.options = options;
    this.random = random;
    this.fanout = fanout;
    this.life = new HubLife(account, trackingPrefix);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Asked for another hub than its own, it completes its own and answers that.
   */
  @Override
  public HubSpec create(HubSpec spec) {
    gate.check();
    return life.create(new HubSpec(own(spec.name()), spec.partitions()));
  }

  @Override
  public TaskHub open(HubSpec spec, WakeUps wakeUps) {
    gate.check();
    String own = own(spec.name());
    if (!own.equals(spec.name())) {
      throw new HubException(
          Reason.MISMATCH,
          "This backend is that of task hub '"
              + own
              + "'; make another for task hub '"
              + spec.name()
              + "'");
    }
    Gate.Pass pass = gate.pass();
    life.open(spec);
    HubParts parts =
        new HubParts(account, life.names(spec), options, random, fanout, outgoing, hints);
    return new OpenHub(parts, pass, MAX_PAYLOAD, hints.listen(wakeUps));
  }

  @Override
  public void delete() {
    gate.check();
    String name = owned();
    gate.deleted();
    new HubRemoval(account, life, name).run();
  }

  private synchronized String own(String name) {
    if (hub == null) {
      hub = name;
    }
    return hub;
  }

  private synchronized String owned() {
    if (hub == null) {
      throw new DurableException(
          "Which task hub is to be deleted? Create or open it with this backend first");
    }
    return hub;
  }

  @Override
  public void close() {
    if (gate.close()) {
      account.close();
    }
  }
}
