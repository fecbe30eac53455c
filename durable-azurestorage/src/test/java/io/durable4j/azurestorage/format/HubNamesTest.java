package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.fixtures.Covers;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubNamesTest {
  private static final HubNames NAMES = new HubNames(new HubSpec("MyHub", 12), null);

  @Test
  void queuesAndContainersAreLowerCaseAndTablesAreNot() {
    assertThat(NAMES.controlQueue(0)).isEqualTo("myhub-control-00");
    assertThat(NAMES.controlQueues()).hasSize(12).endsWith("myhub-control-11");
    assertThat(NAMES.workItemQueue()).isEqualTo("myhub-workitems");
    assertThat(NAMES.historyTable()).isEqualTo("MyHubHistory");
    assertThat(NAMES.instancesTable()).isEqualTo("MyHubInstances");
    assertThat(NAMES.partitionsTable()).isEqualTo("MyHubPartitions");
    assertThat(NAMES.largeMessages()).isEqualTo("myhub-largemessages");
    assertThat(NAMES.leases()).isEqualTo("myhub-leases");
    assertThat(NAMES.appLease()).isEqualTo("myhub-applease");
    assertThat(NAMES.appLeaseInfo()).isEqualTo("myhub-appleaseinfo");
  }

  @Test
  void queuesOfTheSpiHaveNames() {
    assertThat(NAMES.queue(new QueueId(QueueId.Kind.CONTROL, 11))).isEqualTo("myhub-control-11");
    assertThat(NAMES.queue(QueueId.activity(0))).isEqualTo("myhub-workitems");
    assertThatThrownBy(() -> NAMES.controlQueue(12)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @Covers("AZ-10")
  void aTrackingAccountHasItsOwnNamesForTwoTables() {
    HubNames tracked = new HubNames(new HubSpec("MyHub", 4), HubNames.DEFAULT_TRACKING_PREFIX);
    assertThat(tracked.historyTable()).isEqualTo("DurableTaskHistory");
    assertThat(tracked.instancesTable()).isEqualTo("DurableTaskInstances");
    assertThat(tracked.partitionsTable()).isEqualTo("MyHubPartitions");
    assertThat(tracked.largeMessages()).isEqualTo("myhub-largemessages");
    assertThat(tracked.sharesTables()).isTrue();
    assertThat(NAMES.sharesTables()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "ü"})
  void prefixesThatNoTableCanHaveAreRefused(String prefix) {
    assertThatThrownBy(() -> new HubNames(new HubSpec("MyHub", 4), prefix))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("TrackingStoreNamePrefix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ab", "1ab", "a-b", "Hüb", "a23456789012345678901234567890123456789012345x"})
  void hubNamesThatNotAllServicesTakeAreRefused(String name) {
    assertThatThrownBy(() -> new HubSpec(name, 4)).isInstanceOf(DurableException.class);
  }
}
