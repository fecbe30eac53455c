package io.durable4j.azurestorage.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.Tables.Find;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.format.HubNames;
import io.durable4j.azurestorage.format.PartitionRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.TaskHubInfo;
import io.durable4j.data.DurableException;
import io.durable4j.fixtures.Covers;
import io.durable4j.fixtures.contract.ManualClock;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubException.Reason;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life of a hub in an account: also where a process dies in it, and where others made it. */
class HubLifeTest {
  private static final HubSpec SPEC = new HubSpec("MyHub", 2);

  private final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
  private final Plug plug = new Plug();
  private FakeAccount account = new FakeAccount(clock, plug);
  private HubNames names = new HubNames(SPEC, null);

  private StoreBackend backend() {
    return TestStore.on(account, names.trackingPrefix());
  }

  private void open(HubSpec spec) {
    backend().open(spec, Rig.wakeUps(new ArrayList<>())).close();
  }

  private @Nullable Reason refusal(HubSpec spec) {
    try {
      open(spec);
      return null;
    } catch (HubException e) {
      return e.reason();
    }
  }

  private static @Nullable Reason refusal(Runnable call) {
    try {
      call.run();
      return null;
    } catch (HubException e) {
      return e.reason();
    }
  }

  /** How many of the hub's resources are there; makes those that are not. */
  private long resources() {
    List<Boolean> made = new ArrayList<>();
    names.controlQueues().forEach(q -> made.add(account.queues().create(q)));
    made.add(account.queues().create(names.workItemQueue()));
    made.add(account.tables().create(names.historyTable()));
    made.add(account.tables().create(names.instancesTable()));
    made.add(account.tables().create(names.partitionsTable()));
    made.add(account.blobs().create(names.leases()));
    made.add(account.blobs().create(names.appLease()));
    made.add(account.blobs().get(names.leases(), TaskHubInfo.BLOB) == null);
    made.add(account.blobs().get(names.appLease(), names.appLeaseInfo()) == null);
    return made.stream().filter(fresh -> !fresh).count();
  }

  private void writeInfo(String json) {
    account.blobs().create(names.leases());
    account.blobs().put(names.leases(), TaskHubInfo.BLOB, json.getBytes(UTF_8));
  }

  private String readInfo() {
    var blob = account.blobs().get(names.leases(), TaskHubInfo.BLOB);
    return new String(Objects.requireNonNull(blob).bytes(), UTF_8);
  }

  private void writeRows(int count) {
    HubNames all = new HubNames(new HubSpec(SPEC.name(), 16), null);
    account.tables().create(all.partitionsTable());
    for (int p = 0; p < count; p++) {
      Write row = new Write.Insert(PartitionRows.created(all, p));
      account.tables().write(all.partitionsTable(), List.of(row));
    }
  }

  @Test
  @Covers("AZ-01")
  void aCreationMakesAllThatTheFamilyHas() {
    backend().create(SPEC);
    assertThat(readInfo())
        .isEqualTo(
            "{\"TaskHubName\":\"MyHub\",\"CreatedAt\":\"2030-01-01T00:00:00Z\","
                + "\"PartitionCount\":2}");
    var info = account.blobs().get("myhub-applease", "myhub-appleaseinfo");
    assertThat(new String(Objects.requireNonNull(info).bytes(), UTF_8))
        .isEqualTo("{\"OwnerId\":null,\"DesiredSwapId\":null}");
    assertThat(resources()).isEqualTo(10);
  }

  @Test
  void aCreationThatDiesAnywhereIsCompletedByTheNext() {
    int point = 0;
    boolean died = true;
    while (died) {
      point++;
      account = new FakeAccount(clock, plug);
      died = plug.dies(point, () -> backend().create(SPEC));
      Reason meanwhile = refusal(SPEC);
      assertThat(meanwhile).isIn(null, Reason.MISSING);
      if (meanwhile == null) {
        assertThat(resources()).as("whole at point %d", point).isEqualTo(10);
      }
      assertThat(backend().create(SPEC)).isEqualTo(SPEC);
      open(SPEC);
      assertThat(resources()).as("completed after point %d", point).isEqualTo(10);
    }
    assertThat(point).isGreaterThan(25);
  }

  @Test
  void theFirstOfTwoCreatorsDecidesAlsoWhereItDied() {
    HubSpec other = new HubSpec(SPEC.name(), 5);
    plug.once(
        "blobs.put!",
        () -> {
          throw new Plug.Pulled("after the blob");
        });
    assertThatThrownBy(() -> backend().create(SPEC)).isInstanceOf(Plug.Pulled.class);
    assertThat(backend().create(other)).isEqualTo(SPEC);
    assertThat(refusal(other)).isEqualTo(Reason.MISMATCH);
    open(SPEC);
  }

  @Test
  void whoIsAMomentTooLateTakesTheOthersSettings() {
    HubSpec other = new HubSpec(SPEC.name(), 5);
    plug.once("blobs.put", () -> backend().create(other));
    assertThat(backend().create(SPEC)).isEqualTo(other);
  }

  @Test
  void anOpeningWritesNothing() {
    backend().create(SPEC);
    plug.nothing();
    open(SPEC);
    assertThat(plug.calls)
        .allMatch(c -> c.startsWith("blobs.get") || c.startsWith("tables.find"))
        .isNotEmpty();
  }

  @Test
  void aCreationOverALivingHubChangesNothing() {
    backend().create(SPEC);
    String before = readInfo();
    var hub = backend().open(SPEC, Rig.wakeUps(new ArrayList<>()));
    PartitionRow row = hub.partitions().read().rows().get(1);
    PartitionRow mine =
        new PartitionRow(1, new WorkerId("w"), null, false, clock.instant(), 1, row.version());
    hub.partitions().replace(mine, row.version());
    clock.advance(java.time.Duration.ofHours(1));
    backend().create(SPEC);
    assertThat(readInfo()).isEqualTo(before);
    assertThat(hub.partitions().read().rows().get(1).owner()).isEqualTo(new WorkerId("w"));
  }

  @Test
  @Covers("AZ-01")
  void aDeletionThatDiesAnywhereIsEndedByTheNext() {
    int point = 0;
    boolean died = true;
    while (died) {
      point++;
      account = new FakeAccount(clock, plug);
      StoreBackend first = backend();
      first.create(SPEC);
      died = plug.dies(point, first::delete);
      Reason meanwhile = refusal(SPEC);
      assertThat(meanwhile).as("at point %d", point).isIn(null, Reason.GONE, Reason.MISSING);
      StoreBackend second = backend();
      if (meanwhile == Reason.GONE) {
        assertThat(refusal(() -> second.create(SPEC))).isEqualTo(Reason.GONE);
      }
      refusal(() -> second.open(SPEC, Rig.wakeUps(new ArrayList<>())));
      second.delete();
      second.delete();
      assertThat(refusal(SPEC)).isEqualTo(Reason.MISSING);
      assertThat(resources()).as("left after point %d", point).isZero();
    }
    assertThat(point).isGreaterThan(40);
  }

  @Test
  void aDeletionThatSleptLeavesANewHubAlone() {
    StoreBackend slow = backend();
    slow.create(SPEC);
    plug.once(
        "tables.deleteTable",
        () -> {
          StoreBackend quick = backend();
          refusal(() -> quick.open(SPEC, Rig.wakeUps(new ArrayList<>())));
          quick.delete();
          quick.create(SPEC);
        });
    slow.delete();
    assertThat(readInfo()).doesNotContain("Deleting");
    assertThat(account.blobs().create(names.appLease())).isFalse();
    assertThat(account.queues().create(names.workItemQueue())).isFalse();
    backend().create(SPEC);
    open(SPEC);
  }

  @Test
  void aHubThatIsNotThereIsDeletedWithoutATrace() {
    StoreBackend b = backend();
    assertThat(refusal(() -> b.open(SPEC, Rig.wakeUps(new ArrayList<>()))))
        .isEqualTo(Reason.MISSING);
    b.delete();
    assertThat(resources()).isZero();
  }

  @Test
  void aHubOfAnotherEngineIsKnownByItsRows() {
    writeRows(2);
    open(SPEC);
    HubSpec other = new HubSpec(SPEC.name(), 4);
    assertThat(refusal(other)).isEqualTo(Reason.MISMATCH);
    assertThat(backend().create(other)).isEqualTo(SPEC);
    assertThat(readInfo()).contains("\"PartitionCount\":2");
  }

  @Test
  void aHubOfAnotherEngineIsDeletedTooAndDiesOnce() {
    writeRows(2);
    account.queues().create(names.controlQueue(0));
    StoreBackend b = backend();
    b.open(SPEC, Rig.wakeUps(new ArrayList<>())).close();
    assertThat(plug.dies(12, b::delete)).isTrue();
    assertThat(refusal(SPEC)).isEqualTo(Reason.GONE);
    b.delete();
    assertThat(resources()).isZero();
  }

  @Test
  void aHubWhoseWorkersLeaseBlobsIsRefused() {
    writeInfo(new TaskHubInfo(SPEC.name(), clock.instant(), 2, 1, false).json());
    account.blobs().put(names.leases(), "intent/myhub-control-00", new byte[0]);
    assertThatThrownBy(() -> open(SPEC)).hasMessageContaining("UseTablePartitionManagement");
    account.blobs().delete(names.leases(), TaskHubInfo.BLOB);
    assertThat(refusal(() -> backend().create(SPEC))).isEqualTo(Reason.MISMATCH);
    assertThat(account.queues().create(names.workItemQueue())).isTrue();
  }

  @Test
  void aNewerFormatIsRefusedByAll() {
    backend().create(SPEC);
    writeInfo(new TaskHubInfo(SPEC.name(), clock.instant(), 2, 2, false).json());
    StoreBackend b = backend();
    assertThat(refusal(SPEC)).isEqualTo(Reason.TOO_NEW);
    assertThat(refusal(() -> b.create(SPEC))).isEqualTo(Reason.TOO_NEW);
    assertThat(refusal(b::delete)).isEqualTo(Reason.TOO_NEW);
    writeInfo("{");
    assertThat(refusal(SPEC)).isEqualTo(Reason.UNUSABLE);
    writeInfo("{\"TaskHubName\":\"MyHub\",\"PartitionCount\":99}");
    assertThat(refusal(SPEC)).isEqualTo(Reason.UNUSABLE);
  }

  @Test
  void aBackendIsThatOfOneHub() {
    StoreBackend b = backend();
    assertThatThrownBy(b::delete)
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("Which task hub");
    b.create(SPEC);
    HubSpec other = new HubSpec("Other", 9);
    assertThat(b.create(other)).isEqualTo(SPEC);
    assertThatThrownBy(() -> b.open(other, Rig.wakeUps(new ArrayList<>())))
        .hasMessageContaining("MyHub")
        .hasMessageContaining("Other");
    assertThat(account.queues().create("other-workitems")).isTrue();
  }

  @Test
  void aDeletionTakesOfSharedTablesTheRowsOfItsHubOnly() {
    names = new HubNames(SPEC, "Shared");
    StoreBackend b = backend();
    b.create(SPEC);
    for (String hub : List.of("MyHub", "Other")) {
      String key = "i-" + hub;
      Row instance = new Row(key, "", Map.of("TaskHubName", hub));
      account.tables().write("SharedInstances", List.of(new Write.Insert(instance)));
      for (int i = 0; i < 150; i++) {
        Row event = new Row(key, String.format("%016X", i), Map.of("EventType", "EventRaised"));
        account.tables().write("SharedHistory", List.of(new Write.Insert(event)));
      }
    }
    b.delete();
    assertThat(keys("SharedInstances")).containsExactly("i-Other");
    assertThat(keys("SharedHistory")).hasSize(150).containsOnly("i-Other");
    assertThat(refusal(SPEC)).isEqualTo(Reason.MISSING);
  }

  private List<String> keys(String table) {
    return account.tables().find(table, new Find("", List.of(), 1000), null).rows().stream()
        .map(r -> r.row().partitionKey())
        .toList();
  }

  @Test
  void aRowThatVanishedIsTold() {
    backend().create(SPEC);
    var hub = backend().open(SPEC, Rig.wakeUps(new ArrayList<>()));
    Row row = PartitionRows.created(names, 1);
    account.tables().write(names.partitionsTable(), List.of(new Write.Delete(row, "*")));
    assertThatThrownBy(() -> hub.partitions().read()).hasMessageContaining("myhub-control-01");
    assertThat(
            hub.partitions()
                .replace(
                    new PartitionRow(
                        1,
                        null,
                        null,
                        false,
                        clock.instant(),
                        1,
                        new io.durable4j.spi.Version("x")),
                    new io.durable4j.spi.Version("x")))
        .isEmpty();
  }

  @Test
  void whatAnotherProcessDeletedTheServicesTell() {
    backend().create(SPEC);
    var hub = backend().open(SPEC, Rig.wakeUps(new ArrayList<>()));
    StoreBackend other = backend();
    other.create(SPEC);
    other.delete();
    assertThatThrownBy(() -> hub.partitions().read())
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.reason()).isEqualTo(Reason.GONE));
    assertThatThrownBy(() -> hub.messages().stats(Rig.ACTIVITIES))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("close the host, or create it anew");
  }
}
