package io.durable4j.samples.bank;

import io.durable4j.entity.Entity;

/** Somebody's money. */
public interface Account {
  /**
   * Puts money in.
   *
   * @param amount how much
   */
  void deposit(int amount);

  /**
   * Takes money out.
   *
   * @param amount how much
   * @throws OverdrawnException when there is less
   */
  void withdraw(int amount) throws OverdrawnException;

  /** The account asks for more than it has. */
  final class OverdrawnException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param message what is missing
     */
    public OverdrawnException(String message) {
      super(message);
    }
  }

  /** The code of each account; its state is the balance. */
  final class Code extends Entity<Integer> implements Account {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public void deposit(int amount) {
      state += amount;
    }

    @Override
    public void withdraw(int amount) throws OverdrawnException {
      if (amount > state) {
        throw new OverdrawnException(context().key() + " has only " + state);
      }
      state -= amount;
    }
  }
}
