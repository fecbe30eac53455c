package io.durable4j.samples.testing;

/** The bank of somebody else. It knows keys: what it did for one, it does not do again. */
public interface Payments {
  /**
   * Takes money.
   *
   * @param key of this payment
   * @param card from which card
   * @param cents how much
   * @return the bank's number
   */
  String charge(String key, String card, long cents);

  /**
   * Gives the money of a payment back, if it was taken.
   *
   * @param key of that payment
   */
  void refund(String key);
}
