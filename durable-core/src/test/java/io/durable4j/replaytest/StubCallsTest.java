package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody.TaskScheduled;
import io.durable4j.internal.contract.Contract;
import io.durable4j.internal.contract.ContractMethod;
import io.durable4j.internal.contract.DeclaredFailure;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRuleException;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskFailedException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plain stubs of contracts, waiting and begun by {@code async}. */
class StubCallsTest {
  record Order(String id, int count) {}

  interface Repo<T> {
    T load(String id);

    List<T> all();

    void save(T item);
  }

  interface OrderRepo extends Repo<Order> {}

  static final class SoldOut extends Exception {
    private static final long serialVersionUID = 1;

    SoldOut(String message) {
      super(message);
    }
  }

  static final class Closed extends Exception {
    private static final long serialVersionUID = 1;
  }

  static final class Coded extends Exception {
    private static final long serialVersionUID = 1;

    Coded(int code) {
      super("code " + code);
    }
  }

  interface Shop {
    String buy(String item) throws SoldOut, Closed, Coded, IOException;

    int count(String item);

    boolean open();

    long stock();

    void ship(String item);

    default String buyTwo(String item) throws Exception {
      return buy(item) + buy(item);
    }
  }

  private interface Inner {
    int ask();

    default int askAndAdd() {
      return ask() + 1;
    }
  }

  private static String ruleBrokenBy(EpisodeDriver.Flow code) {
    EpisodeDriver d = EpisodeDriver.of(code).begin();
    assertThat(d.failure().type()).isEqualTo(OrchestratorRuleException.class.getName());
    return d.failure().message();
  }

  @Test
  void async_takes_exactly_one_call() {
    assertThat(ruleBrokenBy(ctx -> ctx.async(() -> "none").await())).contains("calls no stub");
    assertThat(
            ruleBrokenBy(
                ctx -> {
                  Shop shop = ctx.activities(Shop.class);
                  return ctx.async(
                          () -> {
                            shop.ship("a");
                            return shop.buy("b");
                          })
                      .await();
                }))
        .contains("one stub call", "Shop.buy");
    assertThat(
            ruleBrokenBy(
                ctx -> {
                  Shop shop = ctx.activities(Shop.class);
                  return ctx.async(() -> ctx.async(() -> shop.buy("a")).await()).await();
                }))
        .contains("inside ctx.async");
  }

  @Test
  void async_refuses_code_that_uses_the_result() {
    assertThat(ruleBrokenBy(ctx -> ctx.async(() -> stub(ctx).buy("a").length()).await()))
        .contains("uses the result");
    assertThat(ruleBrokenBy(ctx -> ctx.async(() -> stub(ctx).buy("a") + "!").await()))
        .contains("uses the result");
    assertThat(ruleBrokenBy(ctx -> ctx.async(() -> stub(ctx).count("a") + 1).await()))
        .contains("uses the result");
    assertThat(ruleBrokenBy(ctx -> ctx.async(() -> !stub(ctx).open()).await()))
        .contains("uses the result");
  }

  private static Shop stub(OrchestrationContext ctx) {
    return ctx.activities(Shop.class);
  }

  @Test
  void async_calls_run_at_the_same_time_and_give_their_own_results() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Shop shop = stub(ctx);
                  Task<Integer> count = ctx.async(() -> shop.count("a"));
                  Task<Boolean> open = ctx.async(shop::open);
                  Task<Long> stock = ctx.async(shop::stock);
                  Task<?> ship = ctx.asyncRun(() -> shop.ship("a"));
                  return count.await() + " " + open.await() + " " + stock.await() + ship.await();
                })
            .begin();
    assertThat(d.openSteps()).containsExactly(0, 1, 2, 3);
    d.complete(2, 5_000_000_000L).complete(3, null).complete(1, true).complete(0, 7);
    assertThat(d.output()).isEqualTo("7 true 5000000000null");
  }

  @Test
  void await_and_stub_calls_inside_a_callback_are_refused() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Task<Integer> other = ctx.async(() -> stub(ctx).count("b"));
                  return ctx.async(() -> stub(ctx).count("a"))
                      .thenApply(v -> v + other.await())
                      .await();
                })
            .begin()
            .complete(1, 1);
    assertThat(d.failure().cause().type()).isEqualTo(OrchestratorRuleException.class.getName());
    assertThat(d.failure().message()).contains("may not wait");
  }

  @Test
  void a_contract_is_an_interface_with_activities() {
    EpisodeDriver d = EpisodeDriver.of(ctx -> ctx.activities(String.class).length()).begin();
    assertThat(d.failure().type()).isEqualTo(DurableException.class.getName());
    assertThat(d.failure().message()).contains("java.lang.String", "not an interface");
    assertThatThrownBy(() -> Contract.of(java.io.Serializable.class))
        .hasMessageContaining("no methods");
    assertThatThrownBy(() -> Contract.of(Override.class)).hasMessageContaining("not an interface");
  }

  @Test
  void a_private_inner_interface_is_a_contract_too() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> ctx.activities(Inner.class).ask() + ctx.activities(Inner.class).askAndAdd())
            .begin()
            .complete(0, 3)
            .complete(1, 4);
    assertThat(d.output()).isEqualTo(8);
    assertThat(((TaskScheduled) d.allActions().get(0)).name()).isEqualTo("Inner.ask");
  }

  @Test
  void the_methods_of_object_and_default_methods_are_no_activities() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  Shop a = stub(ctx);
                  Shop b = stub(ctx);
                  assertThat(a.equals(a)).isTrue();
                  assertThat(a.equals(b)).isFalse();
                  assertThat(a.hashCode()).isEqualTo(a.hashCode());
                  assertThat(a.toString()).contains("stub of", "Shop");
                  return a.buyTwo("tea");
                })
            .begin()
            .complete(0, "x")
            .complete(1, "y");
    assertThat(d.output()).isEqualTo("xy");
  }

  @Test
  void inherited_generic_contracts_give_typed_results() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  OrderRepo repo = ctx.activities(OrderRepo.class);
                  Order one = repo.load("7");
                  int sum = 0;
                  for (Order o : repo.all()) {
                    sum += o.count();
                  }
                  repo.save(new Order("sum", sum));
                  return one.id() + sum;
                })
            .begin()
            .complete(0, new Order("seven", 7))
            .complete(1, List.of(new Order("a", 1), new Order("b", 2)));
    TaskScheduled save = (TaskScheduled) d.actions().get(0);
    assertThat(save.name()).isEqualTo("OrderRepo.save");
    assertThat(save.input().text()).isEqualTo("[{\"count\":3,\"id\":\"sum\"}]");
    assertThat(d.complete(2, null).output()).isEqualTo("seven3");
  }

  private static FailureDetails thrown(Exception e) {
    ContractMethod buy =
        Contract.of(Shop.class).methods().stream()
            .filter(m -> m.name().equals("Shop.buy"))
            .findFirst()
            .orElseThrow();
    return DeclaredFailure.of(e, buy.declared(), false);
  }

  private static String caughtAs(Exception e) {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return stub(ctx).buy("tea");
                  } catch (SoldOut s) {
                    return "SoldOut " + s.getMessage();
                  } catch (Closed c) {
                    return "Closed";
                  } catch (IOException io) {
                    return "IOException " + io.getMessage();
                  } catch (TaskFailedException t) {
                    return "TaskFailed " + t.failure().type() + " " + t.failure().message();
                  }
                })
            .begin()
            .fail(0, thrown(e));
    return String.valueOf(d.output());
  }

  @Test
  void declared_checked_exceptions_are_rethrown_as_themselves() {
    assertThat(caughtAs(new SoldOut("no tea"))).isEqualTo("SoldOut no tea");
    assertThat(caughtAs(new Closed())).isEqualTo("Closed");
    assertThat(caughtAs(new IOException("disk"))).isEqualTo("IOException disk");
    assertThat(caughtAs(new java.io.FileNotFoundException("f"))).isEqualTo("IOException f");
  }

  @Test
  void everything_else_is_a_task_failure() {
    assertThat(caughtAs(new Coded(5))).isEqualTo("TaskFailed " + Coded.class.getName() + " code 5");
    assertThat(caughtAs(new IllegalStateException("bad")))
        .isEqualTo("TaskFailed java.lang.IllegalStateException bad");
    assertThat(caughtAs(new java.util.concurrent.TimeoutException("late")))
        .isEqualTo("TaskFailed java.util.concurrent.TimeoutException late");
  }

  @Test
  void a_declared_exception_survives_async_and_then() {
    EpisodeDriver d =
        EpisodeDriver.of(
                ctx -> {
                  try {
                    return ctx.async(() -> stub(ctx).buy("tea")).thenApply(String::length).await();
                  } catch (Exception e) {
                    return e.getClass().getSimpleName();
                  }
                })
            .begin()
            .fail(0, thrown(new SoldOut("x")));
    assertThat(d.output()).isEqualTo("SoldOut");
  }
}
