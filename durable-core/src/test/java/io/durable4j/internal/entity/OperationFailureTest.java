package io.durable4j.internal.entity;

import static io.durable4j.internal.entity.BatchStand.call;
import static io.durable4j.internal.entity.BatchStand.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.HasFailureProperties;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.internal.contract.DeclaredFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Operations that fail: what they undo, and what their callers hear. */
class OperationFailureTest {
  private final BatchStand counter = BatchKinds.counter();

  private final BatchStand list = BatchKinds.list();

  @Test
  void aFailureUndoesItsOperationAndNoOther() {
    counter
        .keeps("7")
        .told(signal("add", "1"), call("c1", "o", "spoil", "1000"), call("c2", "o", "add", "1"));
    assertThat(counter.state()).isEqualTo("9");
    assertThat(counter.resultOf("c2")).isEqualTo("9");
    assertThat(counter.identities()).containsExactly("answer:c1", "answer:c2");
    FailureDetails why = counter.answerTo("c1").failure();
    assertThat(why.type()).isEqualTo(BatchKinds.SoldOut.class.getName());
    assertThat(DeclaredFailure.rebuild(List.of(BatchKinds.SoldOut.class), why))
        .isInstanceOf(BatchKinds.SoldOut.class)
        .hasMessage("no more than 1000");
    assertThat(why.nonRetriable()).isFalse();
    assertThat(counter.last.operations()).isEqualTo(3);
    assertThat(counter.last.failures())
        .containsExactly(new EntityBatch.Failed("spoil", "c1", false, why));
  }

  @Test
  void aFailedSignalIsCountedAndAnswersNobody() {
    counter.told(signal("s1", "spoil", "1"));
    assertThat(counter.last.out()).isEmpty();
    assertThat(counter.last.failed()).isEqualTo(1);
    assertThat(counter.last.failures().get(0).signal()).isTrue();
    assertThat(counter.last.failures().get(0).request()).isEqualTo("s1");
    assertThat(counter.state()).isNull();
  }

  @Test
  void errorsAreFailuresButForThoseOfTheMachineAndTheDeployment() {
    list.keeps("[]").told(call("c", "o", "error", null), call("d", "o", "deep", null));
    assertThat(list.answerTo("c").failure().type()).isEqualTo(AssertionError.class.getName());
    assertThat(list.answerTo("d").failure().type()).isEqualTo(StackOverflowError.class.getName());
    assertThat(list.state()).isEqualTo("[]");
    assertThatThrownBy(() -> list.told(call("c", "o", "fatal", null)))
        .isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> list.told(call("c", "o", "gone", null)))
        .isInstanceOf(NoClassDefFoundError.class);
    assertThat(list.watched)
        .containsExactly("error", "ended", "deep", "ended", "fatal", "ended", "gone", "ended");
  }

  @Test
  void whatFailsForGoodSaysSo() {
    list.told(call("c", "o", "final", null));
    assertThat(list.answerTo("c").failure().nonRetriable()).isTrue();
  }

  @Test
  void anUnknownOperationListsThoseThereAre() {
    counter.keeps("7").told(call("c", "o", "subtract", "1"), signal("subtract", "1"));
    assertThat(counter.answerTo("c").failure())
        .isEqualTo(
            FailureDetails.of(
                "UnknownOperation",
                "Entity @counter@a has no operation 'subtract'; it has add, calls, clear, get,"
                    + " spoil, sum and delete",
                true));
    assertThat(counter.last.failed()).isEqualTo(2);
    assertThat(counter.state()).isEqualTo("7");
  }

  @Test
  void anEntityThatNobodyServesFailsEachOperation() {
    BatchStand none = new BatchStand(null).keeps("7");
    none.told(call("c", "o", "add", "1"), signal("delete", null));
    FailureDetails why = none.answerTo("c").failure();
    assertThat(why.type()).isEqualTo("EntityTaskNotFound");
    assertThat(why.message()).contains("'counter'", "@counter@a");
    assertThat(why.nonRetriable()).isTrue();
    assertThat(none.last.failed()).isEqualTo(2);
    assertThat(none.state()).isEqualTo("7");
  }

  @Test
  void anInputThatDoesNotReadFailsItsOperation() {
    counter.keeps("7").told(call("c", "o", "add", "\"x\""), call("d", "o", "add", null));
    FailureDetails why = counter.answerTo("c").failure();
    assertThat(why.type()).isEqualTo(PayloadException.class.getName());
    assertThat(why.message()).startsWith("Entity @counter@a, operation 'add': ");
    assertThat(why.nonRetriable()).isTrue();
    assertThat(counter.answerTo("d").failure().message()).contains("Argument 1 is missing");
    assertThat(counter.state()).isEqualTo("7");
  }

  @Test
  void aStateThatDoesNotReadFailsEachOperationAndStays() {
    counter.keeps("{}").told(call("c", "o", "add", "1"));
    assertThat(counter.answerTo("c").failure().message())
        .startsWith("Entity @counter@a, operation 'add': the state: ");
    assertThat(counter.state()).isEqualTo("{}");
  }

  @Test
  void anOperationThatTookTooLongHasDoneNothing() {
    counter.keeps("7").tooLong = true;
    counter.told(call("c", "o", "add", "1"));
    FailureDetails why = counter.answerTo("c").failure();
    assertThat(why.type()).isEqualTo("OperationTimedOut");
    assertThat(why.message()).contains("'add'", "@counter@a");
    assertThat(counter.state()).isEqualTo("7");
    assertThat(counter.watched).containsExactly("add", "ended");
    list.keeps("[]").tooLong = true;
    list.told(call("c", "o", "add", "\"a\""), call("d", "o", "addAndFail", "\"a\""));
    assertThat(list.state()).isEqualTo("[]");
    assertThat(list.answerTo("d").failure().type()).isEqualTo("OperationTimedOut");
  }

  @Test
  void aSupplierThatThrowsLaterFailsTheOperation() {
    AtomicInteger made = new AtomicInteger();
    BatchStand shy =
        new BatchStand(
                EntityCode.ofContract(
                    BatchKinds.Counter.class,
                    () -> {
                      if (made.incrementAndGet() == 2) {
                        throw new IllegalStateException("no more objects");
                      }
                      return new BatchKinds.Counts();
                    }))
            .keeps("7");
    shy.told(call("c", "o", "add", "1"), call("d", "o", "add", "1"));
    assertThat(shy.answerTo("c").failure().message()).contains("no more objects");
    assertThat(shy.resultOf("d")).isEqualTo("8");
  }

  @Test
  void aResultThatCannotBeSentFailsItsOperation() {
    BatchStand rich =
        new BatchStand(
                EntityCode.ofOperations(
                    "rich",
                    TypeRef.of(Integer.class),
                    o ->
                        o.on(
                                "thread",
                                c -> {
                                  c.state(c.state() + 1);
                                  return new Object() {
                                    @SuppressWarnings("unused")
                                    public Object getBroken() {
                                      throw new IllegalStateException("not for writing");
                                    }
                                  };
                                })
                            .on(
                                "long",
                                c -> {
                                  c.state(c.state() + 1);
                                  return "\"".repeat(400);
                                })))
            .keeps("1");
    rich.maxPayload = 1_500;
    rich.told(call("a", "o", "thread", null), call("b", "o", "long", null));
    assertThat(rich.answerTo("a").failure().message()).contains("cannot be written as JSON");
    assertThat(rich.answerTo("b").failure().message())
        .contains("the result has ", "the backend's limit is 1500");
    assertThat(rich.state()).isEqualTo("1");
    assertThat(rich.told(signal("long", null)).state()).as("nobody sees a signal's").isEqualTo("2");
  }

  private static final class Odd extends RuntimeException implements HasFailureProperties {
    private static final long serialVersionUID = 1;
    private final transient Map<String, Object> properties;

    Odd(Map<String, Object> properties) {
      super("odd");
      this.properties = properties;
    }

    @Override
    public Map<String, Object> failureProperties() {
      return properties;
    }
  }

  @Test
  void anExceptionThatCannotBeToldIsStillAFailure() {
    Map<String, Object> broken =
        Map.of(
            "x",
            new Object() {
              @SuppressWarnings("unused")
              public Object getBroken() {
                throw new IllegalStateException("not for writing");
              }
            });
    BatchStand odd =
        new BatchStand(
            EntityCode.ofOperations(
                "odd",
                TypeRef.of(Integer.class),
                o ->
                    o.on(
                            "null",
                            c -> {
                              throw new Odd(null);
                            })
                        .on(
                            "broken",
                            c -> {
                              throw new Odd(broken);
                            })));
    odd.told(call("a", "o", "null", null), call("b", "o", "broken", null));
    assertThat(odd.answerTo("a").failure().type()).isEqualTo(Odd.class.getName());
    FailureDetails bare = odd.answerTo("b").failure();
    assertThat(bare.type()).isEqualTo(Odd.class.getName());
    assertThat(bare.message()).isEqualTo("odd");
    assertThat(bare.properties()).isEmpty();
  }
}
