package io.durable4j.azurestorage.virtual;

import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.fake.FakeAccount;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.store.TestStore;
import io.durable4j.client.DurableClient;
import io.durable4j.fixtures.storage.HookedBackend;
import io.durable4j.fixtures.storage.Hooks;
import io.durable4j.history.EventBody;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.HostOnDrive;
import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.ControlledDrive;
import io.durable4j.internal.drive.Drive;
import io.durable4j.message.Address;
import io.durable4j.message.Message;
import io.durable4j.spi.Backend;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.InstanceQueries;
import io.durable4j.spi.Outbound;
import io.durable4j.spi.QueueId;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A hub of four partitions on an account in memory, and workers on it, each its own process. */
final class VirtualHub {
  static final int PARTITIONS = 4;
  static final Duration LONG = Duration.ofHours(3);
  static final Duration LEASE = Duration.ofSeconds(30);
  private static final HubSpec SPEC = new HubSpec("DurableHub", PARTITIONS);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final WakeUps DEAF =
      new WakeUps() {
        @Override
        public void ready(QueueId queue) {}

        @Override
        public void changed(InstanceId instance, @Nullable OrchestrationStatus status) {}
      };

  final ControlledDrive drive;
  final FakeAccount account;
  private final Supplier<Backend> processes;
  private int sent;

  private VirtualHub(ControlledDrive drive) {
    this.drive = drive;
    account = new FakeAccount(drive.clock(), call -> dieIfKilled());
    processes = TestStore.processes(account);
    processes.get().create(SPEC);
  }

  /** What a killed process was about to do has no effect. */
  private void dieIfKilled() {
    if (drive.isKilled()) {
      drive.giveWay();
    }
  }

  /** What a test does. */
  interface Body {
    void run(VirtualHub hub) throws Exception;
  }

  static void run(Body body) {
    ControlledDrive.run(Chooser.fifo(), START, drive -> body.run(new VirtualHub(drive)));
  }

  /** A host in a process of its own; its threads are the worker's. */
  DurableHost host(String worker, Hooks hooks, Consumer<DurableHost.Builder> setUp) {
    DurableHost.Builder builder = DurableHost.on(new HookedBackend(processes.get(), hooks));
    setUp.accept(builder);
    Drive mine = drive.worker(worker);
    return HostOnDrive.start(builder, mine, event -> {});
  }

  DurableHost host(Consumer<DurableHost.Builder> setUp) {
    return host("w", new Hooks() {}, setUp);
  }

  /** A client in a process without a worker. */
  DurableClient client() {
    return HostOnDrive.connect(DurableHost.on(processes.get()), drive);
  }

  TaskHub open() {
    return processes.get().open(SPEC, DEAF);
  }

  Duration since(Instant then) {
    return Duration.between(then, drive.now());
  }

  void until(String what, BooleanSupplier isSo) throws InterruptedException {
    Instant begun = drive.now();
    while (!isSo.getAsBoolean()) {
      if (since(begun).compareTo(LONG) > 0) {
        throw new AssertionError("Not within " + LONG + ": " + what);
      }
      drive.sleep(Duration.ofMillis(100));
    }
  }

  /** How many messages each control queue has. */
  List<Long> waiting() {
    try (TaskHub hub = open()) {
      return IntStream.range(0, PARTITIONS)
          .mapToObj(p -> hub.messages().stats(new QueueId(QueueId.Kind.CONTROL, p)).length())
          .toList();
    }
  }

  /** Sends a message that no engine of ours would send. */
  void send(String to, EventBody body) {
    Message message =
        new Message(
            new Address(new InstanceId(to), null),
            null,
            HistoryEvent.of(drive.now(), MessageId.derived("sent", ++sent), body));
    QueueId queue = QueueId.control(new InstanceId(to), PARTITIONS);
    try (TaskHub hub = open()) {
      hub.messages().send(List.of(new Outbound(message, queue, drive.now(), false)), LEASE);
    }
  }

  /** The row of an instance, as tools read it. */
  Row row(String id) {
    Tables.Found found = account.tables().get("DurableHubInstances", id, "");
    return Objects.requireNonNull(found).row();
  }

  List<HistoryEvent> history(String id) {
    try (TaskHub hub = open()) {
      InstanceQueries.Page<HistoryEvent> page =
          hub.queries().history(new InstanceId(id), null, null);
      return page.items();
    }
  }

  /** The names of all blobs of large texts. */
  List<String> blobs() {
    return account.blobs().list("durablehub-largemessages", "", null).names();
  }

  byte[] blob(String name) {
    return Objects.requireNonNull(account.blobs().get("durablehub-largemessages", name)).bytes();
  }
}
