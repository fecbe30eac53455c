package io.durable4j.internal.entity;

import io.durable4j.activity.NonRetriableException;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.Entity;
import io.durable4j.orchestration.EntityId;
import java.util.ArrayList;
import java.util.List;

/** Entities that are run in batches: a counter, and a list. */
final class BatchKinds {
  private BatchKinds() {}

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

  static BatchStand counter() {
    return new BatchStand(EntityCode.ofContract(Counter.class, Counts::new));
  }

  /** A list as state, whose operations change it in place. */
  static BatchStand list() {
    return new BatchStand(
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
                        "deep",
                        c -> {
                          c.state().add("half done");
                          return dive(1);
                        })
                    .on(
                        "fatal",
                        c -> {
                          throw new OutOfMemoryError("not really");
                        })
                    .on(
                        "gone",
                        c -> {
                          throw new NoClassDefFoundError("com/example/Gone");
                        })
                    .on("get", c -> c.state())
                    .on(
                        "final",
                        c -> {
                          throw new NonRetriableException("for good");
                        })));
  }

  private static int dive(int depth) {
    return depth + dive(depth + 1);
  }
}
