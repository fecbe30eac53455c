package io.durable4j.azurestorage.chaos;

import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.client.StartOptions;
import io.durable4j.orchestration.OrchestratorRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** The orchestrations of the run, by what they do, and what is right for each. */
enum Mix {
  /** Three activities one after the other. */
  CHAIN(n -> 3 * (n + 1) + 1),
  /** Four activities at a time. */
  FAN_OUT(n -> n + n + 1 + n + 2 + n + 3 + 4),
  /** A timer between two activities. */
  TIMER(n -> n + 2),
  /** Four events of a client, two at the start and two later. */
  EVENTS(n -> 33 * n + 1),
  /** Two children. */
  FAMILY(n -> 2 * (n + 1)),
  /** Three continuations with an activity each. */
  ETERNAL(n -> n + 3),
  /** Moves an amount between two entities under their locks; gives what that did to their sum. */
  TRANSFER(n -> 0),
  /** Signals an entity and calls another. */
  COUNT(n -> n),
  /** An activity that fails twice. */
  RETRY(n -> n + 1),
  /** A payload that is too large for a message. */
  LARGE(n -> Code.LARGE + n);

  /** How many of each. */
  static final int EACH = 20;

  private final OrchestratorRef<Integer, Integer> ref;
  private final IntUnaryOperator right;

  Mix(IntUnaryOperator right) {
    this.ref = OrchestratorRef.of(name().toLowerCase(Locale.ROOT), Integer.class, Integer.class);
    this.right = right;
  }

  OrchestratorRef<Integer, Integer> ref() {
    return ref;
  }

  /**
   * One orchestration.
   *
   * @param mix what it does
   * @param number its input, from 0
   */
  record Case(Mix mix, int number) {
    String id() {
      return mix.ref.name() + "-" + number;
    }

    private int input() {
      return mix == ETERNAL ? Code.withContinuations(number) : number;
    }

    int right() {
      return mix.right.applyAsInt(number);
    }

    /** Starts it, raises half of what it waits for, and counts it. */
    void start(DurableClient client) {
      client.schedule(mix.ref, input(), StartOptions.id(id()));
      raise(client, number);
      client.signal(Code.STARTS, starts -> starts.add(1));
    }

    /** Raises what it still waits for. */
    void finish(DurableClient client) {
      raise(client, 10 * number);
    }

    private void raise(DurableClient client, int payload) {
      if (mix == EVENTS) {
        in(client).raise(Code.NUMBER, payload);
        in(client).raise(Code.NUMBER, 2 * payload);
      }
    }

    InstanceHandle<Integer> in(DurableClient client) {
      return client.instance(mix.ref, id());
    }
  }

  /** All orchestrations in an order by chance. */
  static List<Case> shuffled(Random random) {
    List<Case> cases = new ArrayList<>();
    for (Mix mix : values()) {
      for (int n = 0; n < EACH; n++) {
        cases.add(new Case(mix, n));
      }
    }
    Collections.shuffle(cases, random);
    return cases;
  }
}
