package io.durable4j.azurestorage.chaos;

import io.durable4j.entity.Entity;

/** A sum that counts each addition once. */
public interface Tally {
  /** Adds a number; gives the sum. */
  int add(int n);

  /** The code; its state is the sum. */
  final class Code extends Entity<Integer> implements Tally {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public int add(int n) {
      state += n;
      return state;
    }
  }
}
