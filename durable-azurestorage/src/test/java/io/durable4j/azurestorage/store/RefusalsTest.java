package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.spi.Fence;
import io.durable4j.spi.HubException;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.Receive;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import io.durable4j.spi.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the services refuse an open hub. */
class RefusalsTest {
  private static final HubSpec SPEC = new HubSpec("RefusedHub", 1);

  private AccountException.@Nullable Reason refuses;
  private TaskHub hub;

  @BeforeEach
  void open() {
    FakeAccount account =
        new FakeAccount(
            InstantSource.system(),
            call -> {
              if (refuses != null) {
                throw new AccountException(refuses, "Table service, RefusedHubHistory: no", null);
              }
            });
    StoreBackend backend = TestStore.on(account);
    backend.create(SPEC);
    hub = backend.open(SPEC, new Deaf());
  }

  private static final class Deaf implements WakeUps {
    @Override
    public void ready(QueueId queue) {}

    @Override
    public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
  }

  private void receive() {
    hub.messages().receive(QueueId.activity(0), new Receive(1, Duration.ofSeconds(30), null, null));
  }

  private void load() {
    hub.instances().load(new InstanceId("i"), new Fence(0, new WorkerId("w"), 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = AccountException.Reason.class,
      names = {"FORBIDDEN", "NO_SERVICE", "REFUSED"})
  void whatMayBeCuredIsTriedAgain(AccountException.Reason reason) {
    refuses = reason;
    assertThatThrownBy(this::receive)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("RefusedHubHistory");
    assertThatThrownBy(this::load).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> hub.partitions().read()).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> hub.queries().get(new InstanceId("i")))
        .isInstanceOf(StorageException.class);
    refuses = null;
    receive();
    load();
  }

  @ParameterizedTest
  @EnumSource(
      value = AccountException.Reason.class,
      names = {"MISSING", "BEING_DELETED"})
  void aHubThatAnotherDeletesIsGone(AccountException.Reason reason) {
    refuses = reason;
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.reason()).isEqualTo(HubException.Reason.GONE))
        .hasMessageContaining("RefusedHubHistory");
  }

  @Test
  void whatIsNotRefusedIsDone() {
    receive();
    load();
    assertThat(hub.queries().get(new InstanceId("i"))).isEmpty();
  }
}
