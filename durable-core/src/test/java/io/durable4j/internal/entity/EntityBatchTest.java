package io.durable4j.internal.entity;

import static io.durable4j.internal.entity.BatchStand.NOW;
import static io.durable4j.internal.entity.BatchStand.call;
import static io.durable4j.internal.entity.BatchStand.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.EntityContext;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.message.Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations one by one: whom they answer, what they see and leave. */
class EntityBatchTest {
  private final BatchStand counter = BatchKinds.counter();

  @Test
  void operationsSeeEachOthersState() {
    counter.told(signal("add", "5"), call("c1", "o", "add", "2"), call("c2", "o", "get", null));
    assertThat(counter.state()).isEqualTo("107");
    assertThat(counter.resultOf("c1")).isEqualTo("107");
    assertThat(counter.resultOf("c2")).isEqualTo("107");
    assertThat(counter.last.operations()).isEqualTo(3);
    assertThat(counter.last.failed()).isZero();
    assertThat(counter.last.goOn()).isFalse();
    assertThat(counter.last.kept()).isEqualTo(107);
    assertThat(counter.told(call("c", "o", "get", null)).resultOf("c")).isEqualTo("107");
  }

  @Test
  void anAnswerGoesToTheExecutionThatAsked() {
    counter.told(call("c1", "o", "add", "2"));
    Outgoing answer = counter.last.out().get(0);
    assertThat(answer)
        .isEqualTo(
            new Outgoing(
                new Address(new InstanceId("o"), new ExecutionId("e1")),
                new EventRaised("c1", new Payload("{\"result\":\"102\"}")),
                null,
                "answer:c1"));
    assertThat(counter.told(signal("add", "1")).last.out()).isEmpty();
  }

  @Test
  void namesAreMatchedIgnoringCaseAndWhatTheCallerWroteIsSeen() {
    assertThat(counter.told(call("c", "o", "ADD", "5")).resultOf("c")).isEqualTo("105");
    BatchStand echo =
        new BatchStand(
            EntityCode.ofOperations(
                "echo",
                TypeRef.of(String.class),
                o -> o.on("say", c -> c.name() + c.context().operation())));
    assertThat(echo.told(call("c", "o", "SAY", null)).resultOf("c")).isEqualTo("\"SAYSAY\"");
  }

  @Test
  void severalArgumentsComeAsAnArray() {
    assertThat(counter.told(call("c", "o", "sum", "[3,4]")).resultOf("c")).isEqualTo("7");
  }

  @Test
  void anEntityIsMadeByItsFirstOperation() {
    assertThat(counter.told().state()).isNull();
    assertThat(counter.told(signal("get", null)).state()).isEqualTo("100");
    BatchStand bare =
        new BatchStand(
            EntityCode.ofOperations(
                "bare", TypeRef.of(Integer.class), o -> o.on("get", c -> c.state())));
    assertThat(bare.told(call("c", "o", "get", null)).resultOf("c")).isEqualTo("null");
    assertThat(bare.state()).isNull();
    assertThat(bare.last.kept()).isNull();
  }

  @Test
  void deletedMeansBegunAgainWithTheNextOperation() {
    counter.keeps("7").told(signal("clear", null));
    assertThat(counter.state()).isNull();
    assertThat(counter.last.kept()).isNull();
    counter.keeps("7").told(signal("clear", null), call("c", "o", "add", "1"));
    assertThat(counter.resultOf("c")).isEqualTo("101");
    assertThat(counter.state()).isEqualTo("101");
  }

  @Test
  void deleteNeedsNoCodeAndNoReadableState() {
    counter.keeps("{\"no\":\"number\"}").told(call("c", "o", "Delete", null));
    assertThat(counter.resultOf("c")).isEqualTo("null");
    assertThat(counter.state()).isNull();
    assertThat(counter.last.failed()).isZero();
  }

  @Test
  void aDeleteOfTheUsersComesFirst() {
    BatchStand own =
        new BatchStand(
                EntityCode.ofOperations(
                    "own",
                    TypeRef.of(String.class),
                    o ->
                        o.on(
                            "DELETE",
                            c -> {
                              c.state("deleted");
                              return "mine";
                            })))
            .keeps("\"x\"")
            .told(call("c", "o", "delete", null));
    assertThat(own.resultOf("c")).isEqualTo("\"mine\"");
    assertThat(own.state()).isEqualTo("\"deleted\"");
  }

  @Test
  void oneObjectServesABatchAndNoOther() {
    counter.told(signal("add", "1"), signal("add", "1"), call("c", "o", "calls", null));
    assertThat(counter.resultOf("c")).isEqualTo("2");
    assertThat(counter.told(call("d", "o", "calls", null)).resultOf("d")).isEqualTo("0");
  }

  @Test
  void whatIsNotUnderstoodIsAWarning() {
    counter.told(
        new EventRaised("op", new Payload("{")), signal("add", "1"), new EventRaised("x", null));
    assertThat(counter.last.warnings())
        .singleElement()
        .satisfies(
            w -> assertThat(w).startsWith("Entity @counter@a: The event 'op' does not read: "));
    assertThat(counter.state()).isEqualTo("101");
  }

  @Test
  void theContextIsThatOfTheThreadWhileTheOperationRuns() {
    List<Object> seen = new ArrayList<>();
    BatchStand curious =
        new BatchStand(
            EntityCode.ofOperations(
                "counter",
                TypeRef.of(Integer.class),
                o ->
                    o.on(
                        "look",
                        c -> {
                          EntityContext ctx = EntityContext.current();
                          assertThat(c.context()).isSameAs(ctx);
                          seen.addAll(
                              List.of(
                                  ctx.id().toString(),
                                  ctx.key(),
                                  String.valueOf(ctx.caller()),
                                  ctx.idempotencyKey(),
                                  ctx.currentInstant()));
                          return null;
                        })));
    curious.told(call("c", "o", "look", null), signal("s", "look", null));
    assertThat(seen)
        .containsExactly("@counter@a", "a", "o", "c", NOW, "@counter@a", "a", "null", "s", NOW);
    assertThat(curious.last.failed()).isZero();
    assertThatThrownBy(EntityContext::current).hasMessageContaining("does not run an operation");
  }
}
