package io.durable4j.azurestorage.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is done to a worker, and when.
 *
 * @param worker which, from 0
 * @param freeze whether it is frozen past its leases, and else killed
 * @param after at which step of the workers, counted from the start of the newest orchestrations
 */
record Blow(int worker, boolean freeze, int after) {
  /** How many each worker gets. */
  static final int EACH = 5;

  /** Fewer than the steps of the orchestrations that are started before a blow. */
  private static final int STEPS = 40;

  /** The blows of a run: both kinds for each worker, two or three of each, in any order. */
  static List<Blow> plan(int workers, Random random) {
    List<Blow> plan = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int freezes = EACH / 2 + random.nextInt(2);
      for (int i = 0; i < EACH; i++) {
        plan.add(new Blow(worker, i < freezes, 1 + random.nextInt(STEPS)));
      }
    }
    Collections.shuffle(plan, random);
    return plan;
  }
}
