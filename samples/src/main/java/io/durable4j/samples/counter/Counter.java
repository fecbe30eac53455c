package io.durable4j.samples.counter;

import io.durable4j.entity.Entity;

// snippet contract
/** A number by name. */
public interface Counter {
  /**
   * Adds a number.
   *
   * @param n the number
   * @return the sum now
   */
  int add(int n);

  /**
   * Reads the sum.
   *
   * @return the sum
   */
  int get();

  /** Forgets the sum. */
  void clear();

  // end

  // snippet class
  /** The code of each counter; its state is the sum. */
  final class Code extends Entity<Integer> implements Counter {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public int add(int n) {
      state += n; // stored with the next commit
      return state;
    }

    @Override
    public int get() {
      return state;
    }

    @Override
    public void clear() {
      deleteEntity(); // it does not exist until somebody speaks to it again
    }
  }
  // end
}
