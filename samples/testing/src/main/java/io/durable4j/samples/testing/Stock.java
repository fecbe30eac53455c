package io.durable4j.samples.testing;

import io.durable4j.entity.Entity;

/** How many of an item are there. */
public interface Stock {
  /**
   * More come in.
   *
   * @param count how many
   */
  void fill(int count);

  /**
   * Keeps some for an order.
   *
   * @param count how many
   * @throws OutOfStock when there are not as many
   */
  void reserve(int count) throws OutOfStock;

  /**
   * Puts back what was kept.
   *
   * @param count how many
   */
  void release(int count);

  /** There are not as many. */
  final class OutOfStock extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param message what is missing
     */
    public OutOfStock(String message) {
      super(message);
    }
  }

  /** The code of each item; its state is how many are free. */
  final class Code extends Entity<Integer> implements Stock {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public void fill(int count) {
      state += count;
    }

    @Override
    public void reserve(int count) throws OutOfStock {
      if (count > state) {
        throw new OutOfStock("only " + state + " of " + context().key());
      }
      state -= count;
    }

    @Override
    public void release(int count) {
      state += count;
    }
  }
}
