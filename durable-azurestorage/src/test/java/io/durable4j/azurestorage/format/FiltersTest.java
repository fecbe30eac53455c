package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.fixtures.Covers;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  private static final Instant FROM = Instant.parse("2018-01-10T10:10:10Z");
  private static final Instant TO = Instant.parse("2018-01-10T10:10:50Z");

  private static InstanceFilter filter(
      Set<OrchestrationStatus> statuses,
      @Nullable String prefix,
      @Nullable Instant from,
      @Nullable Instant to) {
    return new InstanceFilter(statuses, prefix, from, to, null, null);
  }

  private static String of(InstanceFilter filter) {
    return Filters.of(filter, null);
  }

  @Test
  @Covers({"AZ-03", "AZ-04"})
  void timesStatusesAndHubs() {
    assertThat(of(InstanceFilter.ALL)).isEmpty();
    assertThat(of(filter(Set.of(OrchestrationStatus.RUNNING), null, null, null)))
        .isEqualTo("RuntimeStatus eq 'Running'");
    assertThat(of(filter(Set.of(), null, FROM, null)))
        .isEqualTo("CreatedTime ge datetime'2018-01-10T10:10:10.0000000Z'");
    assertThat(of(filter(Set.of(), null, null, TO)))
        .isEqualTo("CreatedTime le datetime'2018-01-10T10:10:50.0000000Z'");
    assertThat(
            Filters.of(
                filter(
                    EnumSet.of(OrchestrationStatus.COMPLETED, OrchestrationStatus.RUNNING),
                    null,
                    FROM,
                    TO),
                "FooProduction"))
        .isEqualTo(
            "(CreatedTime ge datetime'2018-01-10T10:10:10.0000000Z') and (CreatedTime le"
                + " datetime'2018-01-10T10:10:50.0000000Z') and (RuntimeStatus eq 'Running' or"
                + " RuntimeStatus eq 'Completed') and (TaskHubName eq 'FooProduction')");
    assertThat(Filters.of(InstanceFilter.ALL, "It's")).isEqualTo("TaskHubName eq 'It''s'");
  }

  @ParameterizedTest
  @Covers({"AZ-03", "AZ-04"})
  @CsvSource({
    "aaab, aaab, aaac",
    "@, @, A",
    "@counter@, @counter@, @counterA",
    "a/, a^0, a^1",
    "it's, it''s, it''t",
    "x😀, x😀, x😁",
    "x\uD7FF, x\uD7FF, x\uE000",
  })
  void prefixesAreEscaped(String prefix, String from, String to) {
    assertThat(of(filter(Set.of(), prefix, null, null)))
        .isEqualTo("(PartitionKey ge '" + from + "') and (PartitionKey lt '" + to + "')");
  }

  @Test
  void aPrefixThatIsTheLastHasNoEnd() {
    String last = Character.toString(Character.MAX_CODE_POINT);
    assertThat(of(filter(Set.of(), last, null, null))).isEqualTo("PartitionKey ge '" + last + "'");
  }

  @Test
  @Covers("AZ-04")
  void entities() {
    assertThat(of(InstanceFilter.ALL.withoutEntities()))
        .isEqualTo("PartitionKey lt '@' or PartitionKey ge 'A'");
    assertThat(of(filter(Set.of(), "order@", null, null).withoutEntities()))
        .isEqualTo(
            "(PartitionKey ge 'order@') and (PartitionKey lt 'orderA') and (PartitionKey lt '@' or"
                + " PartitionKey ge 'A')");
    assertThat(of(InstanceFilter.entities(null, FROM, null)))
        .isEqualTo(
            "(PartitionKey ge '@' and PartitionKey lt 'A') and (LastUpdatedTime ge"
                + " datetime'2018-01-10T10:10:10.0000000Z')");
  }

  @Test
  void whatThisEngineAdds() {
    InstanceFilter children =
        new InstanceFilter(
            Set.of(), null, null, null, new InstanceId("it's"), true, Map.of("k", "v"));
    assertThat(of(children))
        .isEqualTo("(Durable4jParent eq 'it''s') and (Durable4jParked eq true)");
  }

  @Test
  void aServiceTakesFifteenComparisons() {
    InstanceFilter all =
        new InstanceFilter(
            EnumSet.complementOf(EnumSet.of(OrchestrationStatus.PENDING)),
            "p",
            FROM,
            TO,
            new InstanceId("parent"),
            true,
            Map.of(),
            false,
            FROM,
            TO);
    String text = Filters.of(all, "Hub");
    assertThat(text.split(" (eq|ge|le|lt) ", -1)).hasSize(15 + 1);
    assertThat(text).contains("TaskHubName eq 'Hub'").doesNotContain("LastUpdatedTime");
  }

  @Test
  @Covers({"AZ-03", "AZ-04"})
  void oneInstanceAndItsHistory() {
    InstanceId id = new InstanceId("in#st'ance");
    assertThat(Filters.instance("abc123")).isEqualTo("PartitionKey eq 'abc123'");
    assertThat(Filters.instance("")).isEqualTo("PartitionKey eq ''");
    assertThat(Filters.history(id, null)).isEqualTo("PartitionKey eq 'in^2st''ance'");
    assertThat(Filters.history(id, new ExecutionId("o'x")))
        .isEqualTo(
            "PartitionKey eq 'in^2st''ance' and (RowKey eq 'sentinel' or ExecutionId eq 'o''x')");
  }
}
