package io.durable4j.azurestorage.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.client.DurableClient;
import io.durable4j.fixtures.azurite.Azurite;
import io.durable4j.fixtures.azurite.AzuriteChooser;
import io.durable4j.fixtures.azurite.ProxiedAzurite;
import io.durable4j.fixtures.azurite.ProxyFaults;
import io.durable4j.fixtures.azurite.ProxyFaults.Kind;
import io.durable4j.orchestration.EntityId;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers that are killed and frozen, five times each, behind a proxy that drops answers after
 * the effect, delays them and repeats calls; and their client, behind the same one. Whatever
 * happens, each orchestration ends with what is right for it, and nothing is left over.
 *
 * <p>The seed is the system property {@value #SEED}. It says what is started when, and what is done
 * to whom; which call gets which fault is up to the machine as well.
 */
@Tag("chaos")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "It has no SIGSTOP")
class ChaosTest {
  private static final String SEED = "chaos.seed";
  private static final long USUAL_SEED = 9;
  private static final Duration RESULT = Duration.ofMinutes(2);

  private final long seed = Long.getLong(SEED, USUAL_SEED);
  private final ProxyFaults faults = new ProxyFaults(seed);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  @TempDir private Path directory;
  private HubView hub;
  private DurableClient client;
  private Workers workers;

  @BeforeEach
  void start() throws Exception {
    Azurite azurite = opened(AzuriteChooser.ofMachine().start());
    hub = opened(new HubView(azurite));
    ProxiedAzurite proxied = opened(new ProxiedAzurite(azurite, faults::next));
    Backend backend = opened(AzureStorageBackend.create(proxied.connectionString()));
    client = opened(HubView.connect(backend));
    workers = opened(Workers.start(hub, proxied.connectionString(), directory));
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  @Test
  @Timeout(300)
  void allEndsRightWhateverHappensToTheWorkers() throws Exception {
    long begun = System.nanoTime();
    try {
      check(run());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "With -D" + SEED + "=" + seed + ": " + e.getMessage() + "\n" + workers.told(), e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.println(
        "Chaos with seed " + seed + ": " + counts() + "; " + took.toSeconds() + " s");
  }

  /** Starts some orchestrations before each blow, and gives the former ones what they wait for. */
  private List<Mix.Case> run() throws Exception {
    Random random = new Random(seed);
    List<Mix.Case> cases = Mix.shuffled(random);
    List<Blow> plan = Blow.plan(Workers.COUNT, random);
    int part = cases.size() / plan.size();
    List<Mix.Case> former = List.of();
    for (int i = 0; i < plan.size(); i++) {
      List<Mix.Case> newest = cases.subList(i * part, (i + 1) * part);
      workers.noteSteps();
      newest.parallelStream().forEach(c -> c.start(client));
      former.parallelStream().forEach(c -> c.finish(client));
      former = newest;
      workers.suffer(plan.get(i));
    }
    former.forEach(c -> c.finish(client));
    return cases;
  }

  private void check(List<Mix.Case> cases) throws Exception {
    for (Mix.Case c : cases) {
      assertThat(c.in(hub.client()).result(RESULT)).as(c.id()).isEqualTo(c.right());
    }
    hub.awaitEmptyQueues();
    Sums.of(cases).forEach((entity, sum) -> assertThat(stored(entity)).as(entity).contains(sum));
    assertThat(hub.client().quarantined()).isEmpty();
    for (Kind kind : ProxyFaults.byChance()) {
      assertThat(faults.count(kind)).as(kind.name()).isPositive();
    }
    workers.stop();
  }

  private Optional<Integer> stored(String entity) {
    return hub.client().entityState(EntityId.of(Tally.class, entity), Integer.class);
  }

  private String counts() {
    return String.format(
        "%d orchestrations, %d kills, %d freezes, %d answers dropped, %d delayed, %d calls"
            + " repeated, %d left alone",
        Mix.values().length * Mix.EACH,
        workers.kills(),
        workers.freezes(),
        faults.count(Kind.DROP),
        faults.count(Kind.DELAY),
        faults.count(Kind.REPEAT_AT_ONCE) + faults.count(Kind.REPEAT_LATE),
        faults.count(Kind.NONE));
  }
}
