package io.durable4j.inmemory.testing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Name;
import io.durable4j.data.DurableException;
import io.durable4j.entity.Entity;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that reach histories are kept, and a rename without an alias is found. */
class DurableNamesTest {
  private static final OrchestratorRef<String, String> ORDER =
      OrchestratorRef.of("Order", String.class, String.class);
  private static final ActivityRef<String, String> PACK =
      ActivityRef.of("pack it", String.class, String.class);

  interface Payments {
    int charge(String id);

    @Name("Payments.giveBack")
    int refund(String id);
  }

  interface PaymentsAliased {
    @Name(value = "Payments.take", aliases = "Payments.charge")
    int take(String id);

    @Name("Payments.giveBack")
    int refund(String id);
  }

  interface PaymentsRenamed {
    @Name("Payments.take")
    int take(String id);

    @Name("Payments.giveBack")
    int refund(String id);
  }

  interface Counter {
    int add(int n);
  }

  static final class CounterCode extends Entity<Integer> implements Counter {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public int add(int n) {
      return n;
    }
  }

  private static final class Work implements Payments {
    @Override
    public int charge(String id) {
      return 1;
    }

    @Override
    public int refund(String id) {
      return 1;
    }
  }

  @TempDir Path dir;
  private Path file = Path.of("");

  @BeforeEach
  void file() {
    file = dir.resolve("kept/names.txt");
  }

  @AfterEach
  void forgetTheFlag() {
    System.clearProperty(DurableNames.MODE);
  }

  private static DurableNames served() {
    return DurableNames.of(
            h ->
                h.orchestrator(ORDER, (ctx, item) -> item)
                    .activities(Payments.class, new Work())
                    .activity(PACK, item -> item)
                    .entity(Counter.class, CounterCode::new)
                    .entity("Tally", Integer.class, o -> o.on("up", op -> 1)))
        .events(EventRef.of("paid", String.class));
  }

  private void write(DurableNames names) {
    System.setProperty(DurableNames.MODE, "write");
    names.check(file);
    System.clearProperty(DurableNames.MODE);
  }

  @Test
  void theFlagWritesThemInOrder() throws IOException {
    write(served());
    assertThat(Files.readAllLines(file).stream().filter(l -> !l.startsWith("#")))
        .containsExactly(
            "activity pack it",
            "activity Payments.charge",
            "activity Payments.giveBack",
            "entity counter",
            "entity tally",
            "event paid",
            "operation counter.add",
            "operation tally.up",
            "orchestrator Order");
    served().check(file);
    String before = Files.readString(file);
    write(served());
    assertThat(file).hasContent(before);
  }

  @Test
  void contractsAndReferencesSayTheSameAsAHost() {
    write(served());
    DurableNames.none()
        .orchestrators(ORDER)
        .activities(Payments.class)
        .activities(PACK)
        .entities(Counter.class)
        .entities(Tally.class)
        .events(EventRef.of("Paid", String.class))
        .check(file);
  }

  interface Tally {
    int up(int n);
  }

  @Test
  void aNewNameIsToldWithTheWayToAddIt() {
    write(DurableNames.none().orchestrators(ORDER));
    DurableNames more = DurableNames.none().orchestrators(ORDER).activities(PACK);
    assertThatThrownBy(() -> more.check(file))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Names that are not in "
                + file
                + " yet:\n  activity pack it\n"
                + "Run the test once with -Ddurable.names=write, which adds them.");
  }

  @Test
  void withoutAFileAllNamesAreNew() {
    assertThatThrownBy(() -> DurableNames.none().orchestrators(ORDER).check(file))
        .hasMessageContaining("\n  orchestrator Order\n");
  }

  @Test
  void aRenameWithoutAnAliasIsFoundAndTheFlagDoesNotHideIt() {
    write(DurableNames.none().activities(Payments.class));
    DurableNames renamed = DurableNames.none().activities(PaymentsRenamed.class);
    assertThatThrownBy(() -> renamed.check(file))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("that nobody serves any more:\n  activity Payments.charge\n")
        .hasMessageContaining("aliases = ")
        .hasMessageContaining("yet:\n  activity Payments.take\n");
    assertThatThrownBy(() -> write(renamed))
        .hasMessageContaining("\n  activity Payments.charge\n")
        .hasMessageNotContaining("yet:");
    assertThat(file).content().contains("Payments.charge").contains("Payments.take");
  }

  @Test
  void anAliasServesTheFormerName() {
    write(DurableNames.none().activities(Payments.class));
    DurableNames aliased = DurableNames.none().activities(PaymentsAliased.class);
    write(aliased);
    aliased.check(file);
  }

  @Test
  void aLineThatIsNoneIsRefusedWithItsNumber() throws IOException {
    Path odd = dir.resolve("odd.txt");
    Files.writeString(odd, "# names\n\nworkflow Order\n");
    assertThatThrownBy(() -> DurableNames.none().check(odd))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining(odd + ", line 3: 'workflow Order'")
        .hasMessageContaining("[activity, entity, event, operation, orchestrator]");
  }
}
