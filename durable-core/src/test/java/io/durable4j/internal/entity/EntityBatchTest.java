package io.durable4j.internal.entity;

import static io.durable4j.internal.entity.BatchStand.JSON;
import static io.durable4j.internal.entity.BatchStand.NOW;
import static io.durable4j.internal.entity.BatchStand.call;
import static io.durable4j.internal.entity.BatchStand.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.NonRetriableException;
import io.durable4j.data.DataConverter;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.HasFailureProperties;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.Entity;
import io.durable4j.entity.EntityContext;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.contract.DeclaredFailure;
import io.durable4j.message.Address;
import io.durable4j.orchestration.EntityId;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations one by one: what they see, what they leave, and how they fail. */
class EntityBatchTest {
  static final class SoldOut extends Exception {
    private static final long serialVersionUID = 1;

    SoldOut(String message) {
      super(message);
    }
  }

  interface Counter {
    int add(int amount);

    int get();

    void spoil(int amount) throws SoldOut;

    void clear();

    int calls();

    int sum(int a, int b);
  }

  static final class Counts extends Entity<Integer> implements Counter {
    private int calls;

    @Override
    protected Integer initialState() {
      return 100;
    }

    @Override
    public int add(int amount) {
      calls++;
      return state += amount;
    }

    @Override
    public int get() {
      return state;
    }

    @Override
    public void spoil(int amount) throws SoldOut {
      state += amount;
      context().signal(EntityId.named("other", "x"), "never", 1);
      throw new SoldOut("no more than " + amount);
    }

    @Override
    public void clear() {
      deleteEntity();
    }

    @Override
    public int calls() {
      return calls;
    }

    @Override
    public int sum(int a, int b) {
      return a + b;
    }
  }

  private final BatchStand counter =
      new BatchStand(EntityCode.ofContract(Counter.class, Counts::new));

  /** A list as state, whose operations change it in place. */
  private final BatchStand list =
      new BatchStand(
          EntityCode.ofOperations(
              "list",
              new TypeRef<List<String>>() {},
              o ->
                  o.initially(ArrayList::new)
                      .on(
                          "add",
                          c -> {
                            c.state().add(c.input(String.class));
                            return c.state().size();
                          })
                      .on(
                          "addAndFail",
                          c -> {
                            c.state().add(c.input(String.class));
                            throw new IllegalStateException("spoilt");
                          })
                      .on(
                          "error",
                          c -> {
                            throw new AssertionError("an error");
                          })
                      .on(
                          "fatal",
                          c -> {
                            throw new OutOfMemoryError("not really");
                          })
                      .on("get", c -> c.state())
                      .on(
                          "final",
                          c -> {
                            throw new NonRetriableException("for good");
                          })));

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
  void aFailureUndoesItsOperationAndNoOther() {
    counter
        .keeps("7")
        .told(signal("add", "1"), call("c1", "o", "spoil", "1000"), call("c2", "o", "add", "1"));
    assertThat(counter.state()).isEqualTo("9");
    assertThat(counter.resultOf("c2")).isEqualTo("9");
    assertThat(counter.identities()).containsExactly("answer:c1", "answer:c2");
    FailureDetails why = counter.answerTo("c1").failure();
    assertThat(why.type()).isEqualTo(SoldOut.class.getName());
    assertThat(DeclaredFailure.rebuild(List.of(SoldOut.class), why))
        .isInstanceOf(SoldOut.class)
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
  void aStateThatWasChangedInPlaceIsRestored() {
    for (boolean warm : new boolean[] {false, true}) {
      list.keeps("[\"a\"]").warm = warm;
      list.value = new ArrayList<>(List.of("a"));
      list.told(
          signal("add", "\"b\""),
          signal("addAndFail", "\"c\""),
          call("c1", "o", "get", null),
          signal("add", "\"d\""),
          call("c2", "o", "addAndFail", "\"e\""));
      assertThat(list.resultOf("c1")).isEqualTo("[\"a\",\"b\"]");
      assertThat(list.state()).isEqualTo("[\"a\",\"b\",\"d\"]");
      assertThat(list.last.failed()).isEqualTo(2);
      assertThat(list.answerTo("c2").failure().message()).isEqualTo("spoilt");
      assertThat(list.last.kept()).isNull();
    }
  }

  @Test
  void theFirstOperationsFailureLeavesNoState() {
    list.told(signal("addAndFail", "\"c\""));
    assertThat(list.state()).isNull();
    assertThat(list.last.kept()).isNull();
  }

  @Test
  void errorsAreFailuresButForThoseOfTheMachine() {
    list.keeps("[]").told(call("c", "o", "error", null));
    assertThat(list.answerTo("c").failure().type()).isEqualTo(AssertionError.class.getName());
    assertThatThrownBy(() -> list.told(call("c", "o", "fatal", null)))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(list.watched).containsExactly("error", "ended", "fatal", "ended");
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
  void oneObjectServesABatchAndNoOther() {
    counter.told(signal("add", "1"), signal("add", "1"), call("c", "o", "calls", null));
    assertThat(counter.resultOf("c")).isEqualTo("2");
    assertThat(counter.told(call("d", "o", "calls", null)).resultOf("d")).isEqualTo("0");
  }

  @Test
  void aSupplierThatThrowsLaterFailsTheOperation() {
    AtomicInteger made = new AtomicInteger();
    BatchStand shy =
        new BatchStand(
                EntityCode.ofContract(
                    Counter.class,
                    () -> {
                      if (made.incrementAndGet() == 2) {
                        throw new IllegalStateException("no more objects");
                      }
                      return new Counts();
                    }))
            .keeps("7");
    shy.told(call("c", "o", "add", "1"), call("d", "o", "add", "1"));
    assertThat(shy.answerTo("c").failure().message()).contains("no more objects");
    assertThat(shy.resultOf("d")).isEqualTo("8");
  }

  /** Counts what is decoded and encoded, and refuses the number 13. */
  private static final class Counting implements DataConverter {
    private final List<Object> encoded = new ArrayList<>();
    private int decoded;

    @Override
    public @Nullable Payload toPayload(@Nullable Object value) {
      encoded.add(value);
      if (Integer.valueOf(13).equals(value)) {
        throw new PayloadException("13 brings bad luck", null);
      }
      return JSON.toPayload(value);
    }

    @Override
    public @Nullable Object fromPayload(@Nullable Payload payload, Type type) {
      decoded += type == Integer.class ? 1 : 0;
      return JSON.fromPayload(payload, type);
    }

    @Override
    public @Nullable Payload toArguments(List<@Nullable Object> values) {
      return JSON.toArguments(values);
    }

    @Override
    public List<@Nullable Object> fromArguments(@Nullable Payload payload, List<Type> types) {
      return JSON.fromArguments(payload, types);
    }
  }

  @Test
  void aPlainStateIsDecodedAndEncodedOnceAndNotAtAllWhereItIsKept() {
    Counting counting = new Counting();
    counter.keeps("7").converter = counting;
    counter.warm = true;
    counter.told(signal("add", "1"), signal("add", "1"), signal("spoil", "1"), signal("add", "1"));
    assertThat(counter.state()).isEqualTo("10");
    assertThat(counting.decoded).isEqualTo(1);
    assertThat(counting.encoded).as("a signal's input, and the state").containsExactly(1, 10);
    counter.told(signal("get", null), signal("spoil", "1"));
    assertThat(counting.decoded).isEqualTo(1);
    assertThat(counting.encoded).as("nothing has changed").containsExactly(1, 10, 1);
    assertThat(counter.last.kept()).isEqualTo(10);
  }

  @Test
  void aValueThatIsKeptOfNoStateIsIgnored() {
    counter.warm = true;
    counter.value = 55;
    assertThat(counter.told(call("c", "o", "get", null)).resultOf("c")).isEqualTo("100");
  }

  @Test
  void aPlainStateThatCannotBeKeptFailsItsOperationAndNoOther() {
    counter.keeps("10").converter = new Counting();
    counter.told(call("a", "o", "add", "1"), call("b", "o", "add", "2"));
    assertThat(counter.resultOf("a")).isEqualTo("11");
    assertThat(counter.answerTo("b").failure().message()).contains("13 brings bad luck");
    assertThat(counter.state()).isEqualTo("11");
    counter.keeps("10").told(signal("add", "1"), signal("s2", "add", "2"));
    assertThat(counter.state()).isEqualTo("11");
    assertThat(counter.last.failures())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.request()).isEqualTo("s2");
              assertThat(f.why().message())
                  .startsWith("Entity @counter@a, operation 'add': the state cannot be kept: ");
            });
  }

  @Test
  void aStateOverTheLimitFailsItsOperation() {
    list.keeps("[\"a\"]").maxPayload = 4_000;
    String large = "\"" + "x".repeat(1_995) + "\"";
    String quotes = "\"" + "\\\"".repeat(600) + "\"";
    list.told(call("c", "o", "add", large), call("d", "o", "add", quotes), signal("add", "\"b\""));
    assertThat(list.answerTo("c").failure().message())
        .startsWith("Entity @counter@a, operation 'add': the state takes ")
        .endsWith(" may take 2000, half of the backend's largest payload");
    assertThat(list.answerTo("d").failure().message()).contains("the state takes ");
    assertThat(list.state()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void aLongTextIsLookedAtAtOnce() {
    BatchStand text =
        new BatchStand(
                EntityCode.ofOperations(
                    "text",
                    TypeRef.of(String.class),
                    o ->
                        o.on(
                            "set",
                            c -> {
                              c.state("y".repeat(c.input(Integer.class)));
                              return null;
                            })))
            .keeps("\"x\"");
    text.maxPayload = 1_000;
    text.told(signal("set", "2000"), signal("set", "200"), signal("set", "1001"));
    assertThat(text.state()).isEqualTo("\"" + "y".repeat(200) + "\"");
    assertThat(text.last.failed()).isEqualTo(2);
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
