package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.fake.FakeAccount.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Points of an account at which a test pulls the plug, or does something else. */
final class Plug implements Points {
  final List<String> calls = new ArrayList<>();
  private Consumer<String> then = call -> {};

  /** The process is dead. */
  static final class Pulled extends Error {
    private static final long serialVersionUID = 1;

    Pulled(String where) {
      super(where);
    }
  }

  @Override
  public void at(String call) {
    calls.add(call);
    then.accept(call);
  }

  /** At each point from now on. */
  void then(Consumer<String> what) {
    calls.clear();
    then = what;
  }

  /** The next time that this call is made, once. */
  void once(String call, Runnable what) {
    then(
        c -> {
          if (c.equals(call)) {
            then(x -> {});
            what.run();
          }
        });
  }

  void nothing() {
    then(call -> {});
  }

  /** Runs it as a process that dies at the given point, from 1; false when it came to its end. */
  boolean dies(int point, Runnable what) {
    then(
        call -> {
          if (calls.size() >= point) {
            throw new Pulled(call);
          }
        });
    try {
      what.run();
      return false;
    } catch (Pulled e) {
      return true;
    } finally {
      nothing();
    }
  }
}
