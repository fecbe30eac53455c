package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.PartitionRow;
import io.durable4j.spi.Version;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partition rows, the hub's and the app's blob, delays. */
class SmallFormatsTest {
  private static final HubNames NAMES = new HubNames(new HubSpec("MyHub", 4), null);
  private static final Version V = new Version("v");
  private static final WorkerId A = new WorkerId("a");
  private static final WorkerId B = new WorkerId("b");
  private static final Instant NOW = Samples.AT;

  private static PartitionRow row(
      @Nullable WorkerId owner,
      @Nullable WorkerId next,
      boolean draining,
      int seconds,
      long epoch) {
    return new PartitionRow(2, owner, next, draining, NOW.plusSeconds(seconds), epoch, V);
  }

  @Test
  void aPartitionOfNobody() {
    Row created = PartitionRows.created(NAMES, 2);
    assertThat(created).isEqualTo(new Row("", "myhub-control-02", Map.of("IsDraining", false)));
    assertThat(PartitionRows.read(2, created, V))
        .isEqualTo(new PartitionRow(2, null, null, false, Instant.EPOCH, 0, V));
    assertThat(PartitionRows.partition(NAMES, created)).isEqualTo(2);
    assertThat(PartitionRows.partition(NAMES, new Row("", "other-control-02", Map.of())))
        .isNegative();
  }

  @Test
  void aClaimARenewalAndAnOffer() {
    Row created = PartitionRows.created(NAMES, 2);
    PartitionRow claim = row(A, null, false, 60, 1);
    Row claimed = PartitionRows.write(NAMES, claim, created, NOW);
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("CurrentOwner", "a");
    columns.put("OwnedSince", NOW);
    columns.put("LastRenewal", NOW);
    columns.put("ExpiresAt", NOW.plusSeconds(60));
    columns.put("IsDraining", false);
    columns.put("Durable4jEpoch", 1L);
    assertThat(claimed).isEqualTo(new Row("", "myhub-control-02", columns));
    assertThat(PartitionRows.read(2, claimed, V)).isEqualTo(claim);

    Instant later = NOW.plusSeconds(10);
    PartitionRow renewal = row(A, null, false, 70, 1);
    Row renewed = PartitionRows.write(NAMES, renewal, claimed, later);
    assertThat(renewed.time("OwnedSince")).isEqualTo(NOW);
    assertThat(renewed.time("LastRenewal")).isEqualTo(later);

    PartitionRow wanted = row(A, B, true, 70, 1);
    Row offered = PartitionRows.write(NAMES, wanted, renewed, later.plusSeconds(1));
    assertThat(offered.columns()).containsEntry("NextOwner", "b").containsEntry("IsDraining", true);
    assertThat(offered.time("LastRenewal")).isEqualTo(later);
    assertThat(PartitionRows.read(2, offered, V)).isEqualTo(wanted);

    PartitionRow released = row(null, B, false, 70, 1);
    Row free = PartitionRows.write(NAMES, released, offered, later.plusSeconds(2));
    assertThat(free.columns()).doesNotContainKey("CurrentOwner");
    assertThat(PartitionRows.read(2, free, V)).isEqualTo(released);
  }

  @Test
  void epochsGrowWhoeverClaims() {
    Row ours =
        PartitionRows.write(
            NAMES, row(A, null, false, 60, 7), PartitionRows.created(NAMES, 2), NOW);
    Row theirs = others(ours, NOW.plusSeconds(1));
    long second = PartitionRows.read(2, theirs, V).epoch();
    Row again = PartitionRows.write(NAMES, row(A, null, false, 90, second + 1), theirs, NOW);
    Row andAgain = others(again, NOW.plusSeconds(2));
    assertThat(second).isGreaterThan(7);
    assertThat(PartitionRows.read(2, again, V).epoch()).isEqualTo(second + 1);
    assertThat(PartitionRows.read(2, andAgain, V).epoch()).isGreaterThan(second + 1);
  }

  /** Another engine claims: it replaces the row, with what it knows. */
  private static Row others(Row row, Instant at) {
    Map<String, Object> columns = new LinkedHashMap<>(row.columns());
    columns.remove("Durable4jEpoch");
    columns.put("CurrentOwner", "dotnet");
    columns.put("OwnedSince", at);
    return new Row("", row.rowKey(), columns);
  }

  @Test
  void theHubsBlob() {
    Instant created = Instant.parse("2026-05-01T12:00:00.1234567Z");
    String json =
        "{\"TaskHubName\":\"MyHub\",\"CreatedAt\":\"2026-05-01T12:00:00.1234567Z\","
            + "\"PartitionCount\":4}";
    TaskHubInfo info = new TaskHubInfo("MyHub", created, 4, TaskHubInfo.FORMAT, false);
    assertThat(info.json()).isEqualTo(json);
    assertThat(TaskHubInfo.read(json)).isEqualTo(info);
    TaskHubInfo newer = new TaskHubInfo("MyHub", created, 4, 2, true);
    assertThat(TaskHubInfo.read(newer.json())).isEqualTo(newer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"TaskHubName\":\"a\",\"CreatedAt\":\"x\"}"})
  void damageOfTheHubsBlobIsTold(String json) {
    assertThatThrownBy(() -> TaskHubInfo.read(json))
        .isInstanceOf(DurableException.class)
        .hasMessageStartingWith("Damaged taskhub.json: ");
  }

  @Test
  void theAppsLease() {
    UUID app = AppLease.id("MyApp");
    assertThat(app).hasToString("828293a6-0000-0000-0000-000000000000");
    assertThat(AppLease.id("")).hasToString("811c9dc5-0000-0000-0000-000000000000");
    AppLease lease = new AppLease(app, null);
    assertThat(lease.json())
        .isEqualTo("{\"OwnerId\":\"828293a6-0000-0000-0000-000000000000\",\"DesiredSwapId\":null}");
    assertThat(AppLease.read(lease.json())).isEqualTo(lease);
    assertThat(AppLease.read("{\"OwnerId\":\"\"}")).isEqualTo(new AppLease(null, null));
    assertThatThrownBy(() -> AppLease.read("{\"OwnerId\":\"x\"}"))
        .isInstanceOf(DurableException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT0S",
    "PT-5S, PT0S",
    "PT0.000000001S, PT1S",
    "PT0.9S, PT1S",
    "PT1S, PT1S",
    "PT600S, PT600S",
    "PT167H59M59.1S, PT168H",
    "PT168H, PT168H",
    "PT900H, PT168H",
  })
  void delaysAreRoundedUpAndCapped(Duration until, Duration delay) {
    assertThat(VisibilityDelay.of(NOW.plus(until), NOW)).isEqualTo(delay);
    assertThat(VisibilityDelay.of(Instant.MAX, NOW)).isEqualTo(VisibilityDelay.MAX);
    assertThat(VisibilityDelay.of(Instant.MIN, NOW)).isZero();
  }
}
