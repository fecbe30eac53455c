package io.durable4j.internal.entity;

import static io.durable4j.internal.entity.BatchStand.NOW;
import static io.durable4j.internal.entity.BatchStand.call;
import static io.durable4j.internal.entity.BatchStand.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.EntityContext;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.SubOrchestrationCreated;
import io.durable4j.history.InstanceId;
import io.durable4j.message.Address;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What operations send. */
class OperationContextTest {
  interface Account {
    int add(int amount);

    default void addTwice(int amount) {
      add(amount);
      add(amount);
    }
  }

  private static final EntityId<Account> OTHER = EntityId.of(Account.class, "x");
  private static final InstanceId OTHER_ID = new InstanceId("@account@x");
  private static final OrchestratorRef<Integer, String> FLOW =
      OrchestratorRef.of("Flow", Integer.class, String.class);
  private final List<Object> seen = new ArrayList<>();

  /** An entity with one operation. */
  private static BatchStand doing(Consumer<EntityContext> code) {
    return new BatchStand(
        EntityCode.ofOperations(
            "counter",
            TypeRef.of(Integer.class),
            o ->
                o.on(
                    "go",
                    c -> {
                      c.state(1);
                      code.accept(c.context());
                      return null;
                    })));
  }

  private static BatchStand done(Consumer<EntityContext> code) {
    BatchStand stand = doing(code).told(signal("r", "go", null));
    assertThat(stand.last.failures()).isEmpty();
    return stand;
  }

  /** How an operation fails that does this. */
  private static String refused(Class<? extends Exception> type, Consumer<EntityContext> code) {
    BatchStand stand = doing(code).told(call("r", "o", "go", null));
    assertThat(stand.last.out()).as("only the answer").hasSize(1);
    assertThat(stand.state()).isNull();
    assertThat(stand.answerTo("r").failure().type()).isEqualTo(type.getName());
    return stand.answerTo("r").failure().message();
  }

  @Test
  void aSignalByStubIsSentWithTheCommit() {
    BatchStand stand = done(ctx -> ctx.signal(() -> ctx.entity(OTHER).add(5)));
    Outgoing out = stand.last.out().get(0);
    assertThat(out.to()).isEqualTo(new Address(OTHER_ID, null));
    assertThat(out.due()).isNull();
    assertThat(out.identity()).isEqualTo("signal:r:0");
    assertThat(((EventRaised) out.body()).name()).isEqualTo("op");
    Request sent = stand.sent(0);
    assertThat(sent.operation()).isEqualTo("add");
    assertThat(sent.input()).isEqualTo(new Payload("5"));
    assertThat(sent.signal()).isTrue();
    assertThat(sent.sender()).isEqualTo(new Request.Sender(BatchStand.ME, null));
    assertThat(sent.id()).matches("[0-9a-f-]{36}");
  }

  @Test
  void aSignalByNameNeedsNoContract() {
    BatchStand stand =
        done(
            ctx -> {
              ctx.signal(EntityId.named("account", "x"), "add", 5);
              ctx.signal(EntityId.named("account", "x"), "clear", null);
            });
    assertThat(stand.sent(0).input()).isEqualTo(new Payload("5"));
    assertThat(stand.sent(1).input()).isNull();
    assertThat(stand.identities()).containsExactly("signal:r:0", "signal:r:1");
  }

  @Test
  void idsAreTheSameInEachRepetitionAndOfNoOtherMessage() {
    Consumer<EntityContext> twice =
        ctx -> {
          ctx.signal(OTHER, "add", 5);
          ctx.signal(OTHER, "add", 5);
        };
    BatchStand first = doing(twice).told(signal("r", "go", null), signal("q", "go", null));
    BatchStand again = doing(twice);
    again.clock = NOW.plusSeconds(5);
    again.told(signal("r", "go", null), signal("q", "go", null));
    List<String> ids = List.of(0, 1, 2, 3).stream().map(i -> first.sent(i).id()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(List.of(0, 1, 2, 3).stream().map(i -> again.sent(i).id())).isEqualTo(ids);
    assertThat(again.identities()).isEqualTo(first.identities()).doesNotHaveDuplicates();
  }

  @Test
  void messagesToOneEntityHaveTheirPlaceOverBatchesAndFailuresTakeNone() {
    BatchStand stand =
        doing(
            ctx -> {
              ctx.signal(OTHER, "add", 5);
              if (ctx.idempotencyKey().equals("bad")) {
                throw new IllegalStateException();
              }
            });
    stand.told(signal("1", "go", null), signal("bad", "go", null), signal("2", "go", null));
    assertThat(stand.sent(0).stamp()).isEqualTo(new Request.Stamp(NOW, null));
    assertThat(stand.sent(1).stamp()).isEqualTo(new Request.Stamp(NOW.plusNanos(100), NOW));
    stand.clock = NOW.plusSeconds(1);
    stand.told(signal("3", "go", null));
    assertThat(stand.sent(0).stamp())
        .isEqualTo(new Request.Stamp(NOW.plusSeconds(1), NOW.plusNanos(100)));
    assertThat(stand.kept.sorting().lastSent()).containsExactly(Map.entry(OTHER_ID, stand.clock));
    stand.window = Duration.ZERO;
    stand.told(signal("4", "go", null));
    assertThat(stand.sent(0).stamp()).isEqualTo(Request.Stamp.NONE);
  }

  @Test
  void aScheduledSignalIsDueLaterAndHasNoPlace() {
    Instant at = NOW.plusSeconds(60);
    BatchStand stand =
        done(
            ctx -> {
              ctx.signal(at, () -> ctx.entity(OTHER).add(5));
              ctx.signal(at, ctx.id(), "go", null);
            });
    Outgoing out = stand.last.out().get(0);
    assertThat(out.due()).isEqualTo(at);
    assertThat(((EventRaised) out.body()).name()).isEqualTo("op@2026-05-01T12:01:00.0000000Z");
    assertThat(stand.sent(0).due()).isEqualTo(at);
    assertThat(stand.sent(0).stamp()).isEqualTo(Request.Stamp.NONE);
    assertThat(stand.sent(1).due()).isEqualTo(at);
    assertThat(stand.last.out().get(1).to().instance()).isEqualTo(BatchStand.ME);
    assertThat(stand.kept.sorting().lastSent()).isEmpty();
  }

  @Test
  void anEntityCannotCallAndWait() {
    assertThat(refused(DurableException.class, ctx -> ctx.entity(OTHER).add(5)))
        .contains("cannot call and wait", "use signal", "@account@x", "'add'");
    assertThat(
            refused(
                DurableException.class,
                ctx -> ctx.entity(new EntityId<>(Account.class, "counter", "a")).add(1)))
        .as("not even itself")
        .contains("cannot call and wait");
  }

  @Test
  void aSignalTakesExactlyOneCall() {
    assertThat(refused(DurableException.class, ctx -> ctx.signal(() -> {})))
        .contains("calls no operation");
    assertThat(
            refused(DurableException.class, ctx -> ctx.signal(() -> ctx.entity(OTHER).addTwice(5))))
        .contains("takes one call");
    assertThat(
            refused(
                DurableException.class,
                ctx -> ctx.signal(() -> ctx.signal(() -> ctx.entity(OTHER).add(5)))))
        .contains("signal inside signal");
    assertThat(
            refused(DurableException.class, ctx -> ctx.signal(() -> ctx.signal(OTHER, "add", 5))))
        .contains("inside of signal");
    assertThat(
            refused(
                DurableException.class, ctx -> ctx.signal(() -> ctx.startOrchestrator(FLOW, 5))))
        .contains("inside of signal");
    assertThat(
            refused(
                DurableException.class,
                ctx ->
                    ctx.signal(
                        () -> {
                          throw new java.io.IOException("no");
                        })))
        .contains("The code in signal threw", "no");
    assertThat(
            refused(
                IllegalStateException.class,
                ctx ->
                    ctx.signal(
                        () -> {
                          throw new IllegalStateException("mine");
                        })))
        .isEqualTo("mine");
  }

  @Test
  void aSignalThatWasRefusedLeavesTheWayFree() {
    BatchStand stand =
        doing(
            ctx -> {
              try {
                ctx.signal(() -> {});
              } catch (DurableException e) {
                seen.add(e);
              }
              try {
                ctx.signal(OTHER, "add", "x".repeat(1_000));
              } catch (PayloadException e) {
                seen.add(e);
              }
              ctx.signal(() -> ctx.entity(OTHER).add(5));
            });
    stand.maxPayload = 1_000;
    stand.told(signal("1", "go", null));
    assertThat(seen).hasSize(2);
    assertThat(stand.last.out()).hasSize(1);
    assertThat(stand.sent(0).stamp()).isEqualTo(new Request.Stamp(NOW, null));
  }

  @Test
  void whatIsTooLargeOrHasNoNameIsRefusedAtTheCall() {
    assertThat(
            refused(PayloadException.class, ctx -> ctx.signal(OTHER, "add", "x".repeat(100_000))))
        .startsWith("Entity @counter@a, operation 'go': the signal 'add' to @account@x has ")
        .endsWith("the backend's limit is 100000");
    OrchestratorRef<String, String> text = OrchestratorRef.of("T", String.class, String.class);
    assertThat(
            refused(
                PayloadException.class, ctx -> ctx.startOrchestrator(text, "x".repeat(100_000))))
        .contains("the input of orchestration T has 100002 bytes");
    assertThat(refused(DurableException.class, ctx -> ctx.signal(OTHER, " ", 5)))
        .contains("names no operation");
    assertThat(
            refused(
                PayloadException.class,
                ctx ->
                    ctx.signal(
                        OTHER,
                        "add",
                        new Object() {
                          @SuppressWarnings("unused")
                          public Object getBroken() {
                            throw new IllegalStateException("not for writing");
                          }
                        })))
        .contains("cannot be written as JSON");
  }

  @Test
  void anEntityIdWithoutAContractGivesNoStub() {
    assertThat(refused(DurableException.class, ctx -> ctx.entity(EntityId.named("account", "x"))))
        .contains("names no contract");
  }

  @Test
  void anOrchestrationIsStartedAndLeftAlone() {
    BatchStand stand =
        done(
            ctx -> {
              seen.add(ctx.startOrchestrator(FLOW, 5));
              seen.add(
                  ctx.startOrchestrator(
                      FLOW,
                      6,
                      CallOptions.instance("mine").withVersion("3").withTags(Map.of("k", "v"))));
              ctx.signal(OTHER, "add", 1);
            });
    Outgoing first = stand.last.out().get(0);
    InstanceId derived = first.to().instance();
    assertThat(first.identity()).isEqualTo("start:r:0");
    assertThat(first.body())
        .isEqualTo(
            new SubOrchestrationCreated(
                "Flow",
                "1.2",
                derived,
                new Payload("5"),
                Map.of(SubOrchestrationCreated.DETACHED, "")));
    assertThat(derived.value()).matches("r:0:[0-9a-f]{8}");
    assertThat(stand.last.out().get(1).body())
        .isEqualTo(
            new SubOrchestrationCreated(
                "Flow",
                "3",
                new InstanceId("mine"),
                new Payload("6"),
                Map.of("k", "v", SubOrchestrationCreated.DETACHED, "")));
    assertThat(seen).containsExactly(derived.value(), "mine");
    assertThat(stand.identities()).containsExactly("start:r:0", "start:r:1", "signal:r:2");
    assertThat(done(ctx -> seen.add(ctx.startOrchestrator(FLOW, 5))).last.out().get(0))
        .isEqualTo(first);
  }

  @Test
  void aStartThatSomebodyWouldHaveToWaitForIsRefused() {
    CallOptions retry = CallOptions.retry(RetryPolicy.of(2, Duration.ofSeconds(1)));
    assertThat(refused(DurableException.class, ctx -> ctx.startOrchestrator(FLOW, 5, retry)))
        .contains("Flow", "with retries or a timeout");
    CallOptions limit = CallOptions.DEFAULT.withTimeout(Duration.ofSeconds(1));
    assertThat(refused(DurableException.class, ctx -> ctx.startOrchestrator(FLOW, 5, limit)))
        .contains("with retries or a timeout");
    CallOptions tag = CallOptions.DEFAULT.withTags(Map.of(SubOrchestrationCreated.DETACHED, ""));
    assertThat(refused(DurableException.class, ctx -> ctx.startOrchestrator(FLOW, 5, tag)))
        .contains("the engine's own");
    CallOptions entity = CallOptions.instance("@a@b");
    assertThat(
            refused(
                InstanceId.InvalidIdException.class, ctx -> ctx.startOrchestrator(FLOW, 5, entity)))
        .contains("begins with @");
  }

  @Test
  void theContextEndsWithItsOperation() {
    List<EntityContext> kept = new ArrayList<>();
    Account[] stub = new Account[1];
    done(
        ctx -> {
          kept.add(ctx);
          stub[0] = ctx.entity(OTHER);
        });
    EntityContext late = kept.get(0);
    for (Runnable use :
        List.<Runnable>of(
            () -> late.signal(OTHER, "add", 5),
            () -> late.signal(() -> stub[0].add(5)),
            () -> late.startOrchestrator(FLOW, 5),
            () -> stub[0].add(5))) {
      assertThat(thrownBy(use))
          .isInstanceOf(DurableException.class)
          .hasMessage("Entity @counter@a, operation 'go' has ended, and its context with it");
    }
  }

  @Test
  void theContextBelongsToItsThread() {
    done(
        ctx ->
            seen.add(
                CompletableFuture.supplyAsync(() -> thrownBy(() -> ctx.signal(OTHER, "add", 5)))
                    .join()));
    assertThat((Throwable) seen.get(0))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("belongs to the thread that runs the operation");
  }

  private static Throwable thrownBy(Runnable code) {
    try {
      code.run();
      return new AssertionError("it went through");
    } catch (DurableException e) {
      return e;
    }
  }
}
