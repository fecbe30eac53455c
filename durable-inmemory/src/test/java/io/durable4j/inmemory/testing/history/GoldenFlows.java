package io.durable4j.inmemory.testing.history;

import static io.durable4j.inmemory.testing.history.Stand.SOON;
import static io.durable4j.inmemory.testing.history.Stand.awaits;
import static io.durable4j.inmemory.testing.history.Stand.hasEvent;

import io.durable4j.activity.ActivityContext;
import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.client.StartOptions;
import io.durable4j.entity.Entity;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Outcome;
import io.durable4j.orchestration.RetryPolicy;
import io.durable4j.orchestration.Task;
import io.durable4j.orchestration.TaskFailedException;
import java.time.Duration;
import java.util.List;

/**
 * Orchestrators whose recorded histories are kept for ever. They are never changed: what they did
 * in a release is what they do in each later one. New ones may be added.
 */
final class GoldenFlows {
  static final OrchestratorRef<String, String> CHAIN = flow("Chain");
  static final OrchestratorRef<String, String> FAN_OUT = flow("FanOut");
  static final OrchestratorRef<String, String> RETRY = flow("Retry");
  static final OrchestratorRef<String, String> TIMER_RACE = flow("TimerRace");
  static final OrchestratorRef<String, String> EVENT = flow("Event");
  static final OrchestratorRef<String, String> PARENT = flow("Parent");
  static final OrchestratorRef<String, String> SAGA = flow("Saga");
  static final OrchestratorRef<Integer, String> ETERNAL =
      OrchestratorRef.of("Eternal", Integer.class, String.class);
  static final OrchestratorRef<String, Integer> ENTITY_CALL =
      OrchestratorRef.of("EntityCall", String.class, Integer.class);
  static final OrchestratorRef<String, Integer> SECTION =
      OrchestratorRef.of("CriticalSection", String.class, Integer.class);
  static final OrchestratorRef<String, String> PATCHED = flow("Patched");
  static final OrchestratorRef<String, String> PAUSED = flow("Paused");
  static final OrchestratorRef<String, String> FAILING = flow("Failing");
  static final OrchestratorRef<String, String> STEP = flow("Step");
  static final OrchestratorRef<String, String> SENDER = flow("Sender");
  static final EventRef<String> APPROVAL = EventRef.of("approval", String.class);
  private static final EntityId<Stock> LEFT = EntityId.of(Stock.class, "left");
  private static final EntityId<Stock> RIGHT = EntityId.of(Stock.class, "right");
  private static final String TEA = "tea";

  private GoldenFlows() {}

  private static OrchestratorRef<String, String> flow(String name) {
    return OrchestratorRef.of(name, String.class, String.class);
  }

  /** Activities. */
  interface Shop {
    int price(String item);

    boolean charge(String item, int amount) throws Declined;

    /** Fails twice. */
    String label(String item);
  }

  /** A refusal that the contract declares. */
  static final class Declined extends Exception {
    private static final long serialVersionUID = 1;

    Declined(String message) {
      super(message);
    }
  }

  /** An entity. */
  interface Stock {
    int add(int amount);
  }

  /** Its code. */
  static final class StockCode extends Entity<Integer> implements Stock {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public int add(int amount) {
      state += amount;
      return state;
    }
  }

  private static final class ShopWork implements Shop {
    private int labels;

    @Override
    public int price(String item) {
      return item.length() * 100;
    }

    @Override
    public boolean charge(String item, int amount) throws Declined {
      if (item.equals("gold")) {
        throw new Declined("no credit for " + amount);
      }
      return true;
    }

    @Override
    public String label(String item) {
      if (labels++ < 2) {
        throw new IllegalStateException("no paper for " + ActivityContext.current().instanceId());
      }
      return item.toUpperCase(java.util.Locale.ROOT);
    }
  }

  static void register(DurableHost.Builder h) {
    h.activities(Shop.class, new ShopWork())
        .entity(Stock.class, StockCode::new)
        .orchestrator(CHAIN, GoldenFlows::chain)
        .orchestrator(FAN_OUT, GoldenFlows::fanOut)
        .orchestrator(RETRY, GoldenFlows::retry)
        .orchestrator(TIMER_RACE, GoldenFlows::timerRace)
        .orchestrator(EVENT, GoldenFlows::event)
        .orchestrator(PARENT, GoldenFlows::parent)
        .orchestrator(SAGA, GoldenFlows::saga)
        .orchestrator(ETERNAL, GoldenFlows::eternal)
        .orchestrator(ENTITY_CALL, GoldenFlows::entityCall)
        .orchestrator(SECTION, GoldenFlows::section)
        .orchestrator(PATCHED, GoldenFlows::patched)
        .orchestrator(PAUSED, GoldenFlows::paused)
        .orchestrator(FAILING, GoldenFlows::failing)
        .orchestrator(STEP, GoldenFlows::step)
        .orchestrator(SENDER, GoldenFlows::sender);
  }

  static String chain(OrchestrationContext ctx, String item) throws Declined {
    Shop shop = ctx.activities(Shop.class);
    int price = shop.price(item);
    return shop.charge(item, price) + " " + price;
  }

  private static String fanOut(OrchestrationContext ctx, String items) {
    Shop shop = ctx.activities(Shop.class);
    List<Outcome<Integer>> prices =
        ctx.fanOut(List.of(items.split(",")), 2, i -> ctx.async(() -> shop.price(i))).await();
    return prices.size() + " prices";
  }

  private static String retry(OrchestrationContext ctx, String item) {
    CallOptions options = CallOptions.retry(RetryPolicy.of(3, Duration.ofMillis(1)));
    return ctx.activities(Shop.class, options).label(item);
  }

  private static String timerRace(OrchestrationContext ctx, String who) {
    Task<String> answer = ctx.waitForExternalEvent(APPROVAL);
    return answer.awaitFor(Duration.ofMillis(1)) ? answer.await() : "late for " + who;
  }

  private static String event(OrchestrationContext ctx, String who) {
    ctx.setCustomStatus("asking " + who);
    return ctx.waitForExternalEvent(APPROVAL).await() + " for " + who;
  }

  private static String parent(OrchestrationContext ctx, String item) {
    return ctx.callSubOrchestrator(CHAIN, item).await() + " by a child";
  }

  private static String saga(OrchestrationContext ctx, String item) {
    Shop shop = ctx.activities(Shop.class);
    try {
      return ctx.saga(
          s -> {
            s.onFailure(() -> shop.price("undo " + item));
            return shop.charge(item, 7) + "";
          });
    } catch (Exception e) {
      return "undone: " + e.getMessage();
    }
  }

  private static String eternal(OrchestrationContext ctx, int left) {
    String who = ctx.waitForExternalEvent(APPROVAL).await();
    return left == 0 ? "the last was " + who : ctx.continueAsNew(left - 1);
  }

  private static int entityCall(OrchestrationContext ctx, String key) {
    EntityId<Stock> stock = EntityId.of(Stock.class, key);
    ctx.signal(() -> ctx.entity(stock).add(1));
    return ctx.entity(stock).add(5);
  }

  private static int section(OrchestrationContext ctx, String ignored) {
    return ctx.lock(LEFT, RIGHT).call(() -> ctx.entity(LEFT).add(-3) + ctx.entity(RIGHT).add(3));
  }

  private static String patched(OrchestrationContext ctx, String item) {
    boolean checks = ctx.patched("check the price");
    return checks ? "checked " + ctx.activities(Shop.class).price(item) : item;
  }

  private static String paused(OrchestrationContext ctx, String item) {
    String who = ctx.waitForExternalEvent(APPROVAL).await();
    return ctx.activities(Shop.class).price(item) + " for " + who;
  }

  private static String failing(OrchestrationContext ctx, String item) {
    try {
      ctx.activities(Shop.class).charge("gold", 9);
      return "paid";
    } catch (Declined e) {
      throw new IllegalStateException(item + " is not paid", e);
    }
  }

  private static String step(OrchestrationContext ctx, String item) {
    String id = ctx.newUuid() + " at " + ctx.currentInstant();
    String made = ctx.step("make", String.class, () -> item + " made once");
    ctx.activities(Shop.class).price(id);
    return made + ctx.random().nextInt(100);
  }

  private static String sender(OrchestrationContext ctx, String who) {
    String other = ctx.startOrchestrator(EVENT, who, CallOptions.instance("told"));
    ctx.sendEvent(other, APPROVAL, "by " + who);
    try {
      ctx.callSubOrchestrator(FAILING, "lamp", CallOptions.instance("lost")).await();
      return "?";
    } catch (TaskFailedException e) {
      return e.failure().type();
    }
  }

  /** Runs each of them once, on a hub of its own; each is where it stays when this returns. */
  static void run(DurableClient client) {
    for (OrchestratorRef<String, ?> easy :
        List.of(CHAIN, RETRY, TIMER_RACE, PARENT, ENTITY_CALL, SECTION, PATCHED, STEP, SENDER)) {
      client.schedule(easy, TEA, id(easy)).result(SOON);
    }
    client.schedule(FAN_OUT, "a,bb,ccc,dddd", id(FAN_OUT)).result(SOON);
    client.schedule(SAGA, "gold", id(SAGA)).result(SOON);
    InstanceHandle<String> event = client.schedule(EVENT, TEA, id(EVENT));
    awaits(event, APPROVAL.name());
    event.raise(APPROVAL, "Ann");
    event.result(SOON);
    InstanceHandle<String> eternal = client.schedule(ETERNAL, 2, id(ETERNAL));
    List.of("Ann", "Bob", "Cid").forEach(who -> eternal.raise(APPROVAL, who));
    eternal.result(SOON);
    InstanceHandle<String> paused = client.schedule(PAUSED, TEA, id(PAUSED));
    awaits(paused, APPROVAL.name());
    Stand.suspend(paused);
    paused.raise(APPROVAL, "Ann");
    hasEvent(paused, EventRaised.class);
    InstanceHandle<String> failing = client.schedule(FAILING, TEA, id(FAILING));
    try {
      failing.result(SOON);
      throw new AssertionError("It failed always");
    } catch (OrchestrationFailedException e) {
      // so it shall
    }
  }

  private static StartOptions id(OrchestratorRef<?, ?> flow) {
    return StartOptions.id(flow.name().toLowerCase(java.util.Locale.ROOT));
  }
}
